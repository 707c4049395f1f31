CREATE TABLE "calibration_judgements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"case_id" text NOT NULL,
	"decision" text NOT NULL,
	"points" numeric,
	"note" text,
	"judged_at" timestamp with time zone NOT NULL,
	CONSTRAINT "calibration_judgements_once" UNIQUE("person_id","case_id")
);
--> statement-breakpoint
CREATE TABLE "interest_declarations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"wave_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"ties" jsonb NOT NULL,
	"declared_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "method_registrations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"wave_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"reason" text,
	"registered_at" timestamp with time zone NOT NULL,
	"registered_by" uuid,
	CONSTRAINT "method_registrations_version" UNIQUE("wave_id","version"),
	CONSTRAINT "method_registrations_addendum" CHECK (("method_registrations"."version" = 1) = ("method_registrations"."reason" is null))
);
--> statement-breakpoint
CREATE TABLE "adjudications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"review_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"version" integer NOT NULL,
	"decision" text NOT NULL,
	"reason_code" text,
	"points" numeric,
	"reason" text NOT NULL,
	"report_text" text,
	"decided_at" timestamp with time zone NOT NULL,
	"decided_by" uuid NOT NULL,
	CONSTRAINT "adjudications_version" UNIQUE("review_id","question_id","version"),
	CONSTRAINT "adjudications_decision" CHECK (decision in ('agreed','agreed-with-note','changed','not-supported','need-more')),
	CONSTRAINT "adjudications_points" CHECK ((decision = 'changed') = (points is not null))
);
--> statement-breakpoint
CREATE TABLE "decision_replies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"review_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"written_by" uuid
);
--> statement-breakpoint
CREATE TABLE "document_views" (
	"review_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"evidence_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "document_views_review_id_evidence_id_person_id_pk" PRIMARY KEY("review_id","evidence_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "frozen_answer_versions" (
	"frozen_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"version" integer NOT NULL,
	"query_id" uuid NOT NULL,
	"options" text[],
	"missing" text,
	"reason" text,
	"explanation" text,
	"language" text,
	"content_hash" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"saved_by" uuid,
	CONSTRAINT "frozen_answer_versions_frozen_id_question_id_version_pk" PRIMARY KEY("frozen_id","question_id","version"),
	CONSTRAINT "frozen_answer_versions_later" CHECK ("frozen_answer_versions"."version" >= 2)
);
--> statement-breakpoint
CREATE TABLE "judgements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"review_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"answer_version" integer NOT NULL,
	"decision" text NOT NULL,
	"reason_code" text,
	"points" numeric,
	"note" text,
	"report_text" text,
	"is_for_meeting" boolean DEFAULT false NOT NULL,
	"seconds" integer DEFAULT 0 NOT NULL,
	"grace_reason" text,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "judgements_version" UNIQUE("review_id","person_id","question_id","version"),
	CONSTRAINT "judgements_decision" CHECK (decision in ('agreed','agreed-with-note','changed','not-supported','need-more')),
	CONSTRAINT "judgements_points" CHECK ((decision = 'changed') = (points is not null))
);
--> statement-breakpoint
CREATE TABLE "merge_decisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"review_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"decision" text NOT NULL,
	"answer_version" integer NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	CONSTRAINT "merge_decisions_once" UNIQUE("review_id","question_id"),
	CONSTRAINT "merge_decisions_decision" CHECK ("merge_decisions"."decision" in ('taken','kept'))
);
--> statement-breakpoint
CREATE TABLE "query_replies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"query_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"frozen_version" integer,
	"written_at" timestamp with time zone NOT NULL,
	"written_by" uuid
);
--> statement-breakpoint
CREATE TABLE "review_assignments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"review_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"part" text NOT NULL,
	"due_on" date,
	"assigned_at" timestamp with time zone NOT NULL,
	"assigned_by" uuid,
	"overridden_by" uuid,
	"override_reason" text,
	"override_note" text,
	"last_question_id" text,
	"last_at" timestamp with time zone,
	"signed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "review_assignments_part_known" CHECK ("review_assignments"."part" in ('first','second')),
	CONSTRAINT "review_assignments_override" CHECK (("review_assignments"."overridden_by" is null) = ("review_assignments"."override_reason" is null) and ("review_assignments"."overridden_by" is null) = ("review_assignments"."override_note" is null))
);
--> statement-breakpoint
CREATE TABLE "review_queries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"review_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"due_on" date NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"asked_by" uuid,
	"answered_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "review_queries_city" UNIQUE("id","city_id")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"assessment_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"frozen_id" uuid NOT NULL,
	"registration_id" uuid NOT NULL,
	"sample" text[] NOT NULL,
	"due_on" date,
	"opened_at" timestamp with time zone NOT NULL,
	"opened_by" uuid,
	"shared_at" timestamp with time zone,
	"shared_by" uuid,
	"reply_until" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"closed_by" uuid,
	"grace_until" timestamp with time zone,
	"signed_at" timestamp with time zone,
	"signed_by" uuid,
	"published_at" timestamp with time zone,
	"published_by" uuid,
	"withdrawn_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "reviews_city" UNIQUE("id","city_id"),
	CONSTRAINT "reviews_four_eyes" CHECK ("reviews"."published_by" is null or "reviews"."published_by" <> "reviews"."signed_by")
);
--> statement-breakpoint
CREATE TABLE "verified_results" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"review_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"wave_id" uuid NOT NULL,
	"scheme" text NOT NULL,
	"engine_version" text NOT NULL,
	"method_hash" text NOT NULL,
	"inputs_hash" text NOT NULL,
	"elements" text[] NOT NULL,
	"scores" double precision[] NOT NULL,
	"verified_shares" double precision[] NOT NULL,
	"exact_scores" text[] NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "verified_results_one_per_scheme" UNIQUE("review_id","scheme")
);
--> statement-breakpoint
ALTER TABLE "invitations" DROP CONSTRAINT "invitations_role";--> statement-breakpoint
ALTER TABLE "invitations" DROP CONSTRAINT "invitations_scope";--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_role";--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_scope";--> statement-breakpoint
ALTER TABLE "calibration_judgements" ADD CONSTRAINT "calibration_judgements_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interest_declarations" ADD CONSTRAINT "interest_declarations_wave_id_waves_id_fk" FOREIGN KEY ("wave_id") REFERENCES "public"."waves"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interest_declarations" ADD CONSTRAINT "interest_declarations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "method_registrations" ADD CONSTRAINT "method_registrations_wave_id_waves_id_fk" FOREIGN KEY ("wave_id") REFERENCES "public"."waves"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "method_registrations" ADD CONSTRAINT "method_registrations_registered_by_people_id_fk" FOREIGN KEY ("registered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjudications" ADD CONSTRAINT "adjudications_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjudications" ADD CONSTRAINT "adjudications_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjudications" ADD CONSTRAINT "adjudications_review_id_city_id_reviews_id_city_id_fk" FOREIGN KEY ("review_id","city_id") REFERENCES "public"."reviews"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_replies" ADD CONSTRAINT "decision_replies_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_replies" ADD CONSTRAINT "decision_replies_written_by_people_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_replies" ADD CONSTRAINT "decision_replies_review_id_city_id_reviews_id_city_id_fk" FOREIGN KEY ("review_id","city_id") REFERENCES "public"."reviews"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_views" ADD CONSTRAINT "document_views_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_views" ADD CONSTRAINT "document_views_evidence_id_evidence_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "public"."evidence"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_views" ADD CONSTRAINT "document_views_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_views" ADD CONSTRAINT "document_views_review_id_city_id_reviews_id_city_id_fk" FOREIGN KEY ("review_id","city_id") REFERENCES "public"."reviews"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_answer_versions" ADD CONSTRAINT "frozen_answer_versions_frozen_id_frozen_assessments_id_fk" FOREIGN KEY ("frozen_id") REFERENCES "public"."frozen_assessments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_answer_versions" ADD CONSTRAINT "frozen_answer_versions_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_answer_versions" ADD CONSTRAINT "frozen_answer_versions_saved_by_people_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_answer_versions" ADD CONSTRAINT "frozen_answer_versions_query_id_city_id_review_queries_id_city_id_fk" FOREIGN KEY ("query_id","city_id") REFERENCES "public"."review_queries"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judgements" ADD CONSTRAINT "judgements_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judgements" ADD CONSTRAINT "judgements_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judgements" ADD CONSTRAINT "judgements_review_id_city_id_reviews_id_city_id_fk" FOREIGN KEY ("review_id","city_id") REFERENCES "public"."reviews"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_decisions" ADD CONSTRAINT "merge_decisions_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_decisions" ADD CONSTRAINT "merge_decisions_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_decisions" ADD CONSTRAINT "merge_decisions_review_id_city_id_reviews_id_city_id_fk" FOREIGN KEY ("review_id","city_id") REFERENCES "public"."reviews"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_decisions" ADD CONSTRAINT "merge_decisions_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "query_replies" ADD CONSTRAINT "query_replies_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "query_replies" ADD CONSTRAINT "query_replies_written_by_people_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "query_replies" ADD CONSTRAINT "query_replies_query_id_city_id_review_queries_id_city_id_fk" FOREIGN KEY ("query_id","city_id") REFERENCES "public"."review_queries"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_assigned_by_people_id_fk" FOREIGN KEY ("assigned_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_overridden_by_people_id_fk" FOREIGN KEY ("overridden_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_review_id_city_id_reviews_id_city_id_fk" FOREIGN KEY ("review_id","city_id") REFERENCES "public"."reviews"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_queries" ADD CONSTRAINT "review_queries_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_queries" ADD CONSTRAINT "review_queries_asked_by_people_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_queries" ADD CONSTRAINT "review_queries_review_id_city_id_reviews_id_city_id_fk" FOREIGN KEY ("review_id","city_id") REFERENCES "public"."reviews"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_wave_id_waves_id_fk" FOREIGN KEY ("wave_id") REFERENCES "public"."waves"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_frozen_id_frozen_assessments_id_fk" FOREIGN KEY ("frozen_id") REFERENCES "public"."frozen_assessments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_registration_id_method_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."method_registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_opened_by_people_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_shared_by_people_id_fk" FOREIGN KEY ("shared_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_closed_by_people_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_signed_by_people_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_published_by_people_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verified_results" ADD CONSTRAINT "verified_results_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verified_results" ADD CONSTRAINT "verified_results_wave_id_waves_id_fk" FOREIGN KEY ("wave_id") REFERENCES "public"."waves"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verified_results" ADD CONSTRAINT "verified_results_review_id_city_id_reviews_id_city_id_fk" FOREIGN KEY ("review_id","city_id") REFERENCES "public"."reviews"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "interest_declarations_person" ON "interest_declarations" USING btree ("wave_id","person_id","declared_at");--> statement-breakpoint
CREATE INDEX "decision_replies_review" ON "decision_replies" USING btree ("review_id","question_id");--> statement-breakpoint
CREATE INDEX "query_replies_query" ON "query_replies" USING btree ("query_id","written_at");--> statement-breakpoint
CREATE UNIQUE INDEX "review_assignments_part" ON "review_assignments" USING btree ("review_id","part") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "review_assignments_person" ON "review_assignments" USING btree ("review_id","person_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "review_assignments_by_person" ON "review_assignments" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "review_queries_one_open" ON "review_queries" USING btree ("review_id","question_id") WHERE closed_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_one_open" ON "reviews" USING btree ("assessment_id") WHERE withdrawn_at is null and published_at is null;--> statement-breakpoint
CREATE INDEX "reviews_wave" ON "reviews" USING btree ("wave_id");--> statement-breakpoint
CREATE INDEX "verified_results_wave" ON "verified_results" USING btree ("wave_id");--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_role" CHECK ("invitations"."role" in ('city-coordinator','contributor','approver','technical-partner','reviewer','evaluation-coordinator','network-coordinator'));--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_scope" CHECK (("invitations"."role" in ('reviewer','evaluation-coordinator','network-coordinator')) = ("invitations"."city_id" is null));--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_role" CHECK ("memberships"."role" in ('city-coordinator','contributor','approver','technical-partner','reviewer','evaluation-coordinator','network-coordinator'));--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_scope" CHECK (("memberships"."role" in ('reviewer','evaluation-coordinator','network-coordinator')) = ("memberships"."city_id" is null));