CREATE TABLE "stand_ins" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"update_id" text,
	"act" text NOT NULL,
	"reason" text NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "priority_by" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "priority_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "validated_by" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "validated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "report_revisions" ADD COLUMN "unverified_reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "decide_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "stand_ins" ADD CONSTRAINT "stand_ins_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stand_ins" ADD CONSTRAINT "stand_ins_update_id_incident_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."incident_updates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stand_ins" ADD CONSTRAINT "stand_ins_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stand_ins_incident" ON "stand_ins" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "stand_ins_created" ON "stand_ins" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_priority_by_users_id_fk" FOREIGN KEY ("priority_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_validated_by_users_id_fk" FOREIGN KEY ("validated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "incidents" SET "priority_by" = (SELECT "users"."id" FROM "audit_entries" INNER JOIN "users" ON "users"."id" = "audit_entries"."actor_id" WHERE "audit_entries"."action" = 'incident.classified' AND "audit_entries"."subject_type" = 'incident' AND "audit_entries"."subject_id" = "incidents"."id" ORDER BY "audit_entries"."sequence" DESC LIMIT 1), "priority_at" = (SELECT "audit_entries"."at" FROM "audit_entries" INNER JOIN "users" ON "users"."id" = "audit_entries"."actor_id" WHERE "audit_entries"."action" = 'incident.classified' AND "audit_entries"."subject_type" = 'incident' AND "audit_entries"."subject_id" = "incidents"."id" ORDER BY "audit_entries"."sequence" DESC LIMIT 1);--> statement-breakpoint
UPDATE "reports" SET "state" = 'owed' WHERE "state" IS NULL AND "is_required" IS NULL AND "closed_at" IS NULL AND "incident_id" IN (SELECT "id" FROM "incidents" WHERE "priority" = 'P1' AND "is_reviewed");