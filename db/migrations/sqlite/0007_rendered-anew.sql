ALTER TABLE `incident_update_texts` ADD `html_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `incident_update_texts_html_version` ON `incident_update_texts` (`html_version`);--> statement-breakpoint
ALTER TABLE `report_revisions` ADD `html_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `report_revisions_html_version` ON `report_revisions` (`html_version`);--> statement-breakpoint
ALTER TABLE `report_texts` ADD `html_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `report_texts_html_version` ON `report_texts` (`html_version`);