CREATE TABLE `stand_ins` (
	`id` text PRIMARY KEY NOT NULL,
	`incident_id` text NOT NULL,
	`update_id` text,
	`act` text NOT NULL,
	`reason` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`update_id`) REFERENCES `incident_updates`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `stand_ins_incident` ON `stand_ins` (`incident_id`);--> statement-breakpoint
CREATE INDEX `stand_ins_created` ON `stand_ins` (`created_at`);--> statement-breakpoint
ALTER TABLE `incidents` ADD `priority_by` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `incidents` ADD `priority_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `validated_by` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `incidents` ADD `validated_at` integer;--> statement-breakpoint
ALTER TABLE `report_revisions` ADD `unverified_reason` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `decide_by` integer;--> statement-breakpoint
UPDATE `incidents` SET `priority_by` = (SELECT `users`.`id` FROM `audit_entries` INNER JOIN `users` ON `users`.`id` = `audit_entries`.`actor_id` WHERE `audit_entries`.`action` = 'incident.classified' AND `audit_entries`.`subject_type` = 'incident' AND `audit_entries`.`subject_id` = `incidents`.`id` ORDER BY `audit_entries`.`sequence` DESC LIMIT 1), `priority_at` = (SELECT `audit_entries`.`at` FROM `audit_entries` INNER JOIN `users` ON `users`.`id` = `audit_entries`.`actor_id` WHERE `audit_entries`.`action` = 'incident.classified' AND `audit_entries`.`subject_type` = 'incident' AND `audit_entries`.`subject_id` = `incidents`.`id` ORDER BY `audit_entries`.`sequence` DESC LIMIT 1);--> statement-breakpoint
UPDATE `reports` SET `state` = 'owed' WHERE `state` IS NULL AND `is_required` IS NULL AND `closed_at` IS NULL AND `incident_id` IN (SELECT `id` FROM `incidents` WHERE `priority` = 'P1' AND `is_reviewed` = 1);