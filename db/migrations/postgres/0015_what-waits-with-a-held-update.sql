ALTER TABLE "incident_updates" ADD COLUMN "waiting" json;--> statement-breakpoint
UPDATE "incident_updates" SET "waiting" = "outbox"."payload" FROM "outbox" WHERE "outbox"."kind" = 'publish-held-update' AND "outbox"."done_at" IS NULL AND "outbox"."payload"->'window' IS NOT NULL AND "outbox"."payload"->>'updateId' = "incident_updates"."id";
