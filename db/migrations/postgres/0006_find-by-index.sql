CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action");--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "incident_readers_user" ON "incident_readers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "incidents_restricted" ON "incidents" USING btree ("is_restricted","category_id");--> statement-breakpoint
CREATE INDEX "postmortem_meetings_owed" ON "postmortem_meetings" USING btree ("held_at","due_at");--> statement-breakpoint
CREATE INDEX "report_links_report" ON "report_links" USING btree ("report_id");