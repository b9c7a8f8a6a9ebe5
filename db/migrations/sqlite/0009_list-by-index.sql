DROP INDEX `problems_open`;--> statement-breakpoint
CREATE INDEX `problems_open` ON `problems` (`closed_at`,`opened_at`);--> statement-breakpoint
CREATE INDEX `hand_overs_from` ON `hand_overs` (`from_id`);--> statement-breakpoint
CREATE INDEX `incident_updates_free_text` ON `incident_updates` (`is_free_text`,`reviewed_at`,`published_at`);--> statement-breakpoint
CREATE INDEX `incidents_released` ON `incidents` (`released_at`);--> statement-breakpoint
CREATE INDEX `joint_decisions_waiting` ON `joint_decisions` (`refused_at`,`agreed_at`);--> statement-breakpoint
CREATE INDEX `promises_month` ON `promises` (`due_at`);--> statement-breakpoint
CREATE INDEX `reports_published` ON `reports` (`published_at`);