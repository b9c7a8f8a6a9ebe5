DROP INDEX `incidents_started`;--> statement-breakpoint
CREATE INDEX `incidents_kind` ON `incidents` (`kind`,`published_at`);--> statement-breakpoint
CREATE INDEX `incidents_started` ON `incidents` (`started_at`,`published_at`,`is_restricted`,`released_at`,`resolved_at`);--> statement-breakpoint
CREATE INDEX `incident_update_texts_created` ON `incident_update_texts` (`created_at`);