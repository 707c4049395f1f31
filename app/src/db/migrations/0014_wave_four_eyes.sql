ALTER TABLE "waves" ADD COLUMN "freeze_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "waves" ADD COLUMN "freeze_asked_by" uuid;--> statement-breakpoint
ALTER TABLE "waves" ADD COLUMN "freeze_asked_for" uuid;--> statement-breakpoint
ALTER TABLE "waves" ADD CONSTRAINT "waves_freeze_asked_by_people_id_fk" FOREIGN KEY ("freeze_asked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waves" ADD CONSTRAINT "waves_freeze_asked_for_instrument_versions_id_fk" FOREIGN KEY ("freeze_asked_for") REFERENCES "public"."instrument_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waves" ADD CONSTRAINT "waves_freeze_asked" CHECK (("waves"."freeze_asked_at" is null) = ("waves"."freeze_asked_for" is null));--> statement-breakpoint
ALTER TABLE "waves" ADD CONSTRAINT "waves_four_eyes" CHECK ("waves"."frozen_by" <> "waves"."freeze_asked_by");