ALTER TABLE "incident_update_texts" ADD COLUMN "html_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "report_revisions" ADD COLUMN "html_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "report_texts" ADD COLUMN "html_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "incident_update_texts_html_version" ON "incident_update_texts" USING btree ("html_version");--> statement-breakpoint
CREATE INDEX "report_revisions_html_version" ON "report_revisions" USING btree ("html_version");--> statement-breakpoint
CREATE INDEX "report_texts_html_version" ON "report_texts" USING btree ("html_version");