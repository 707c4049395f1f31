CREATE TABLE "assignments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"assessment_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"dimension_id" text,
	"question_id" text,
	"department_id" uuid,
	"person_id" uuid,
	"contact_id" uuid,
	"due_on" date,
	"note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "assignments_target" CHECK (num_nonnulls("assignments"."dimension_id", "assignments"."question_id") = 1),
	CONSTRAINT "assignments_somebody" CHECK (num_nonnulls("assignments"."department_id", "assignments"."person_id", "assignments"."contact_id") >= 1)
);
--> statement-breakpoint
CREATE TABLE "carried_answers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"assessment_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"city_id" uuid NOT NULL,
	"from_assessment_id" uuid NOT NULL,
	"from_version" integer NOT NULL,
	"answer_version" integer NOT NULL,
	"decision" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	CONSTRAINT "carried_answers_decision" CHECK ("carried_answers"."decision" in ('confirmed','changed'))
);
--> statement-breakpoint
CREATE TABLE "city_settings" (
	"city_id" uuid PRIMARY KEY NOT NULL,
	"contributors_see_all" boolean DEFAULT false NOT NULL,
	"evidence_quota_mb" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"post" text,
	"department_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "contacts_city" UNIQUE("id","city_id")
);
--> statement-breakpoint
CREATE TABLE "department_members" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"department_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "departments_city" UNIQUE("id","city_id")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"person_id" uuid NOT NULL,
	"day" date NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"notices" integer NOT NULL,
	CONSTRAINT "digests_person_id_day_pk" PRIMARY KEY("person_id","day")
);
--> statement-breakpoint
CREATE TABLE "fact_proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"fact" text NOT NULL,
	"value" numeric NOT NULL,
	"year" integer NOT NULL,
	"source" text NOT NULL,
	"quality" text NOT NULL,
	"note" text,
	"proposed_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"decision" text,
	"decision_note" text,
	CONSTRAINT "fact_proposals_decision" CHECK ("fact_proposals"."decision" in ('accepted','declined') and "fact_proposals"."decided_at" is not null or "fact_proposals"."decision" is null and "fact_proposals"."decided_at" is null)
);
--> statement-breakpoint
CREATE TABLE "guest_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"assessment_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"question_ids" text[] NOT NULL,
	"token_hash" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"note" text,
	"department_id" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"first_opened_at" timestamp with time zone,
	"last_opened_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "guest_links_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "guest_links_city" UNIQUE("id","city_id"),
	CONSTRAINT "guest_links_questions" CHECK (cardinality("guest_links"."question_ids") between 1 and 20)
);
--> statement-breakpoint
CREATE TABLE "joint_agreements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"wave_id" uuid NOT NULL,
	"lead_assessment_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"partner_assessment_id" uuid NOT NULL,
	"partner_city_id" uuid NOT NULL,
	"dimensions" text[] NOT NULL,
	"note" text,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"proposed_by" uuid,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	CONSTRAINT "joint_agreements_two" CHECK ("joint_agreements"."lead_assessment_id" <> "joint_agreements"."partner_assessment_id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"thread_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"text" text NOT NULL,
	"language" text,
	"mentions" uuid[] DEFAULT '{}' NOT NULL,
	"person_id" uuid,
	"guest_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"city_id" uuid,
	"kind" text NOT NULL,
	"subject" jsonb NOT NULL,
	"address" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"is_urgent" boolean DEFAULT false NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"seen_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "partner_rights" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"membership_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"right" text NOT NULL,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"granted_by" uuid,
	"revoked_at" timestamp with time zone,
	"revoked_by" uuid,
	CONSTRAINT "partner_rights_right" CHECK ("partner_rights"."right" in ('read','evidence','suggest','facts'))
);
--> statement-breakpoint
CREATE TABLE "precheck_marks" (
	"assessment_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"city_id" uuid NOT NULL,
	"mark" text NOT NULL,
	"remark" text,
	"answer_version" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	"marked_by" uuid,
	CONSTRAINT "precheck_marks_assessment_id_question_id_pk" PRIMARY KEY("assessment_id","question_id"),
	CONSTRAINT "precheck_marks_mark" CHECK ("precheck_marks"."mark" in ('ready','needs-work'))
);
--> statement-breakpoint
CREATE TABLE "scope_statements" (
	"assessment_id" uuid NOT NULL,
	"scope_id" text NOT NULL,
	"version" integer NOT NULL,
	"city_id" uuid NOT NULL,
	"is_responsible" boolean,
	"reason" text,
	"stated_at" timestamp with time zone NOT NULL,
	"stated_by" uuid,
	CONSTRAINT "scope_statements_assessment_id_scope_id_version_pk" PRIMARY KEY("assessment_id","scope_id","version")
);
--> statement-breakpoint
CREATE TABLE "sign_off_steps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"person_id" uuid,
	"dimensions" text[],
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "sign_off_steps_city" UNIQUE("id","city_id")
);
--> statement-breakpoint
CREATE TABLE "sign_offs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"assessment_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"step_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"note" text,
	"question_id" text,
	"content_hash" text NOT NULL,
	"versions" jsonb NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	CONSTRAINT "sign_offs_decision" CHECK ("sign_offs"."decision" in ('signed','sent-back'))
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"assessment_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"name" text NOT NULL,
	"taken_of" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "suggestions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"assessment_id" uuid NOT NULL,
	"city_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"origin" text NOT NULL,
	"options" text[],
	"missing" text,
	"reason" text,
	"explanation" text,
	"language" text,
	"note" text,
	"base_version" integer NOT NULL,
	"suggested_by" uuid,
	"joint_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"decision" text,
	"decision_note" text,
	CONSTRAINT "suggestions_origin" CHECK ("suggestions"."origin" in ('partner','joint')),
	CONSTRAINT "suggestions_decision" CHECK ("suggestions"."decision" in ('accepted','declined') and "suggestions"."decided_at" is not null or "suggestions"."decision" is null and "suggestions"."decided_at" is null)
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"assessment_id" uuid NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"guest_id" uuid,
	"closed_at" timestamp with time zone,
	"closed_by" uuid,
	CONSTRAINT "threads_city" UNIQUE("id","city_id")
);
--> statement-breakpoint
CREATE TABLE "translations" (
	"assessment_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"language" text NOT NULL,
	"city_id" uuid NOT NULL,
	"explanation" text,
	"reason" text,
	"source_hash" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"translated_at" timestamp with time zone NOT NULL,
	"translated_by" uuid,
	"checked_at" timestamp with time zone,
	"checked_by" uuid,
	CONSTRAINT "translations_assessment_id_question_id_language_pk" PRIMARY KEY("assessment_id","question_id","language")
);
--> statement-breakpoint
CREATE TABLE "citations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"evidence_id" uuid NOT NULL,
	"page" integer,
	"quotation" text,
	"note" text,
	"valid_until" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"guest_id" uuid,
	"removed_at" timestamp with time zone,
	"removed_by" uuid,
	CONSTRAINT "citations_page" CHECK ("citations"."page" >= 1)
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"file_id" uuid,
	"url" text,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"dated_on" date,
	"valid_from" date,
	"valid_until" date,
	"is_confidential" boolean DEFAULT false NOT NULL,
	"release_level" text DEFAULT 'private' NOT NULL,
	"language" text,
	"note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"guest_id" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"removed_at" timestamp with time zone,
	"removed_by" uuid,
	CONSTRAINT "evidence_city" UNIQUE("id","city_id"),
	CONSTRAINT "evidence_source" CHECK (num_nonnulls("evidence"."file_id", "evidence"."url") = 1),
	CONSTRAINT "evidence_release" CHECK ("evidence"."release_level" in ('private','partner','network','public')),
	CONSTRAINT "evidence_kind" CHECK ("evidence"."kind" in ('decision','strategy','statistics','report','minutes','contract','website','photo','other'))
);
--> statement-breakpoint
CREATE TABLE "evidence_pages" (
	"file_id" uuid NOT NULL,
	"page" integer NOT NULL,
	"city_id" uuid NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "evidence_pages_file_id_page_pk" PRIMARY KEY("file_id","page")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"media_type" text NOT NULL,
	"name" text NOT NULL,
	"stored_as" text NOT NULL,
	"pages" integer,
	"extracted_at" timestamp with time zone,
	"scan" text DEFAULT 'not-scanned' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"guest_id" uuid,
	CONSTRAINT "files_stored_as_unique" UNIQUE("stored_as"),
	CONSTRAINT "files_city" UNIQUE("id","city_id"),
	CONSTRAINT "files_scan" CHECK ("files"."scan" in ('not-scanned','clean'))
);
--> statement-breakpoint
CREATE TABLE "inbox_items" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"assessment_id" uuid NOT NULL,
	"evidence_id" uuid NOT NULL,
	"proposals" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"filed_at" timestamp with time zone,
	"filed_by" uuid,
	"dismissed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"city_id" uuid NOT NULL,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"stored_as" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"guest_id" uuid,
	"file_id" uuid,
	CONSTRAINT "uploads_stored_as_unique" UNIQUE("stored_as")
);
--> statement-breakpoint
CREATE TABLE "access_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "access_tokens_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "earlier_imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"row_count" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"removed_at" timestamp with time zone,
	"removed_by" uuid
);
--> statement-breakpoint
CREATE TABLE "earlier_results" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"city" text NOT NULL,
	"country" text NOT NULL,
	"year" integer NOT NULL,
	"instrument" text NOT NULL,
	"instrument_version" text NOT NULL,
	"code" text NOT NULL,
	"value" numeric NOT NULL,
	"source" text NOT NULL,
	"remark" text,
	CONSTRAINT "earlier_results_figure" UNIQUE("import_id","city","country","year","instrument","instrument_version","code"),
	CONSTRAINT "earlier_results_value" CHECK ("earlier_results"."value" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "saved_groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"name" text NOT NULL,
	"cities" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_groups_name" UNIQUE("person_id","name"),
	CONSTRAINT "saved_groups_cities" CHECK (cardinality("saved_groups"."cities") between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "answer_history" ADD COLUMN "guest_id" uuid;--> statement-breakpoint
ALTER TABLE "answer_history" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "guest_id" uuid;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "digest_hour" integer DEFAULT 7;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "time_zone" text DEFAULT 'Europe/Berlin' NOT NULL;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_department_id_city_id_departments_id_city_id_fk" FOREIGN KEY ("department_id","city_id") REFERENCES "public"."departments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_contact_id_city_id_contacts_id_city_id_fk" FOREIGN KEY ("contact_id","city_id") REFERENCES "public"."contacts"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carried_answers" ADD CONSTRAINT "carried_answers_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carried_answers" ADD CONSTRAINT "carried_answers_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carried_answers" ADD CONSTRAINT "carried_answers_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "city_settings" ADD CONSTRAINT "city_settings_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "city_settings" ADD CONSTRAINT "city_settings_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_department_id_city_id_departments_id_city_id_fk" FOREIGN KEY ("department_id","city_id") REFERENCES "public"."departments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_members" ADD CONSTRAINT "department_members_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_members" ADD CONSTRAINT "department_members_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_members" ADD CONSTRAINT "department_members_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_members" ADD CONSTRAINT "department_members_department_id_city_id_departments_id_city_id_fk" FOREIGN KEY ("department_id","city_id") REFERENCES "public"."departments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fact_proposals" ADD CONSTRAINT "fact_proposals_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fact_proposals" ADD CONSTRAINT "fact_proposals_proposed_by_people_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fact_proposals" ADD CONSTRAINT "fact_proposals_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_withdrawn_by_people_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_department_id_city_id_departments_id_city_id_fk" FOREIGN KEY ("department_id","city_id") REFERENCES "public"."departments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_agreements" ADD CONSTRAINT "joint_agreements_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_agreements" ADD CONSTRAINT "joint_agreements_partner_city_id_cities_id_fk" FOREIGN KEY ("partner_city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_agreements" ADD CONSTRAINT "joint_agreements_proposed_by_people_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_agreements" ADD CONSTRAINT "joint_agreements_accepted_by_people_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_agreements" ADD CONSTRAINT "joint_agreements_ended_by_people_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_agreements" ADD CONSTRAINT "joint_agreements_lead_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("lead_assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_agreements" ADD CONSTRAINT "joint_agreements_partner_assessment_id_partner_city_id_assessments_id_city_id_fk" FOREIGN KEY ("partner_assessment_id","partner_city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_thread_id_city_id_threads_id_city_id_fk" FOREIGN KEY ("thread_id","city_id") REFERENCES "public"."threads"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_guest_id_city_id_guest_links_id_city_id_fk" FOREIGN KEY ("guest_id","city_id") REFERENCES "public"."guest_links"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_rights" ADD CONSTRAINT "partner_rights_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_rights" ADD CONSTRAINT "partner_rights_granted_by_people_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_rights" ADD CONSTRAINT "partner_rights_revoked_by_people_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_rights" ADD CONSTRAINT "partner_rights_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "precheck_marks" ADD CONSTRAINT "precheck_marks_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "precheck_marks" ADD CONSTRAINT "precheck_marks_marked_by_people_id_fk" FOREIGN KEY ("marked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "precheck_marks" ADD CONSTRAINT "precheck_marks_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope_statements" ADD CONSTRAINT "scope_statements_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope_statements" ADD CONSTRAINT "scope_statements_stated_by_people_id_fk" FOREIGN KEY ("stated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope_statements" ADD CONSTRAINT "scope_statements_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_off_steps" ADD CONSTRAINT "sign_off_steps_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_off_steps" ADD CONSTRAINT "sign_off_steps_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_off_steps" ADD CONSTRAINT "sign_off_steps_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_step_id_city_id_sign_off_steps_id_city_id_fk" FOREIGN KEY ("step_id","city_id") REFERENCES "public"."sign_off_steps"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshots" ADD CONSTRAINT "snapshots_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_suggested_by_people_id_fk" FOREIGN KEY ("suggested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_closed_by_people_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_guest_id_city_id_guest_links_id_city_id_fk" FOREIGN KEY ("guest_id","city_id") REFERENCES "public"."guest_links"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "translations" ADD CONSTRAINT "translations_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "translations" ADD CONSTRAINT "translations_translated_by_people_id_fk" FOREIGN KEY ("translated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "translations" ADD CONSTRAINT "translations_checked_by_people_id_fk" FOREIGN KEY ("checked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "translations" ADD CONSTRAINT "translations_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_removed_by_people_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_guest_id_city_id_guest_links_id_city_id_fk" FOREIGN KEY ("guest_id","city_id") REFERENCES "public"."guest_links"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_evidence_id_city_id_evidence_id_city_id_fk" FOREIGN KEY ("evidence_id","city_id") REFERENCES "public"."evidence"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_updated_by_people_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_removed_by_people_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_guest_id_city_id_guest_links_id_city_id_fk" FOREIGN KEY ("guest_id","city_id") REFERENCES "public"."guest_links"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_file_id_city_id_files_id_city_id_fk" FOREIGN KEY ("file_id","city_id") REFERENCES "public"."files"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_pages" ADD CONSTRAINT "evidence_pages_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_pages" ADD CONSTRAINT "evidence_pages_file_id_city_id_files_id_city_id_fk" FOREIGN KEY ("file_id","city_id") REFERENCES "public"."files"("id","city_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_guest_id_city_id_guest_links_id_city_id_fk" FOREIGN KEY ("guest_id","city_id") REFERENCES "public"."guest_links"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_filed_by_people_id_fk" FOREIGN KEY ("filed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_assessment_id_city_id_assessments_id_city_id_fk" FOREIGN KEY ("assessment_id","city_id") REFERENCES "public"."assessments"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_items" ADD CONSTRAINT "inbox_items_evidence_id_city_id_evidence_id_city_id_fk" FOREIGN KEY ("evidence_id","city_id") REFERENCES "public"."evidence"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_city_id_cities_id_fk" FOREIGN KEY ("city_id") REFERENCES "public"."cities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_guest_id_city_id_guest_links_id_city_id_fk" FOREIGN KEY ("guest_id","city_id") REFERENCES "public"."guest_links"("id","city_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "earlier_imports" ADD CONSTRAINT "earlier_imports_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "earlier_imports" ADD CONSTRAINT "earlier_imports_removed_by_people_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "earlier_results" ADD CONSTRAINT "earlier_results_import_id_earlier_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."earlier_imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_groups" ADD CONSTRAINT "saved_groups_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_current" ON "assignments" USING btree ("assessment_id",coalesce(dimension_id, ''),coalesce(question_id, '')) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "assignments_person" ON "assignments" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "carried_answers_assessment" ON "carried_answers" USING btree ("assessment_id","question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "department_members_current" ON "department_members" USING btree ("department_id","person_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "department_members_person" ON "department_members" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "departments_name" ON "departments" USING btree ("city_id",lower("name")) WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "joint_agreements_current" ON "joint_agreements" USING btree ("lead_assessment_id","partner_assessment_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "messages_thread" ON "messages" USING btree ("thread_id","created_at");--> statement-breakpoint
CREATE INDEX "notices_person" ON "notices" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "notices_unsent" ON "notices" USING btree ("created_at") WHERE sent_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "partner_rights_current" ON "partner_rights" USING btree ("membership_id","right") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "sign_offs_assessment" ON "sign_offs" USING btree ("assessment_id","decided_at");--> statement-breakpoint
CREATE INDEX "suggestions_assessment" ON "suggestions" USING btree ("assessment_id","question_id");--> statement-breakpoint
CREATE INDEX "threads_question" ON "threads" USING btree ("city_id","question_id");--> statement-breakpoint
CREATE INDEX "citations_answer" ON "citations" USING btree ("assessment_id","question_id");--> statement-breakpoint
CREATE INDEX "citations_evidence" ON "citations" USING btree ("evidence_id");--> statement-breakpoint
CREATE INDEX "evidence_by_city" ON "evidence" USING btree ("city_id","created_at");--> statement-breakpoint
CREATE INDEX "files_hash" ON "files" USING btree ("city_id","sha256");--> statement-breakpoint
CREATE INDEX "inbox_items_city" ON "inbox_items" USING btree ("city_id","assessment_id");--> statement-breakpoint
CREATE INDEX "access_tokens_person" ON "access_tokens" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "earlier_imports_file" ON "earlier_imports" USING btree ("file_hash") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "earlier_results_city" ON "earlier_results" USING btree ("city");