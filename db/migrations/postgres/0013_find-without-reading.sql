DROP INDEX "incidents_started";--> statement-breakpoint
CREATE INDEX "incident_update_texts_created" ON "incident_update_texts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "incidents_kind" ON "incidents" USING btree ("kind","published_at");--> statement-breakpoint
CREATE INDEX "incidents_started" ON "incidents" USING btree ("started_at","published_at","is_restricted","released_at","resolved_at");