DROP INDEX "problems_open";--> statement-breakpoint
CREATE INDEX "hand_overs_from" ON "hand_overs" USING btree ("from_id");--> statement-breakpoint
CREATE INDEX "incident_updates_free_text" ON "incident_updates" USING btree ("is_free_text","reviewed_at","published_at");--> statement-breakpoint
CREATE INDEX "incidents_released" ON "incidents" USING btree ("released_at");--> statement-breakpoint
CREATE INDEX "joint_decisions_waiting" ON "joint_decisions" USING btree ("refused_at","agreed_at");--> statement-breakpoint
CREATE INDEX "promises_month" ON "promises" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "reports_published" ON "reports" USING btree ("published_at");--> statement-breakpoint
CREATE INDEX "problems_open" ON "problems" USING btree ("closed_at","opened_at");