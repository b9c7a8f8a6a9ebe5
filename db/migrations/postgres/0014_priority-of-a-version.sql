ALTER TABLE "report_revisions" ADD COLUMN "priority" text DEFAULT 'P0' NOT NULL;--> statement-breakpoint
UPDATE "report_revisions" SET "priority" = "content"::jsonb ->> 'priority' WHERE "content"::jsonb ->> 'priority' IS NOT NULL;
