CREATE TABLE `joint_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`incident_id` text NOT NULL,
	`priority` text,
	`review_on` text,
	`reason` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`agreed_by` text,
	`agreed_at` integer,
	`refused_at` integer,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`proposed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agreed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `joint_decisions_incident` ON `joint_decisions` (`incident_id`);--> statement-breakpoint
CREATE TABLE `postmortem_meetings` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`report_version` integer NOT NULL,
	`due_at` integer NOT NULL,
	`initiated_by` text,
	`lead_id` text,
	`planned_for` integer,
	`held_at` integer,
	`outcomes` text NOT NULL,
	`decisions` text NOT NULL,
	`sharing` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`initiated_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lead_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `postmortem_meetings_version` ON `postmortem_meetings` (`report_id`,`report_version`);--> statement-breakpoint
CREATE TABLE `postmortem_participants` (
	`meeting_id` text NOT NULL,
	`user_id` text NOT NULL,
	`attended` integer NOT NULL,
	PRIMARY KEY(`meeting_id`, `user_id`),
	FOREIGN KEY (`meeting_id`) REFERENCES `postmortem_meetings`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `problem_incidents` (
	`problem_id` text NOT NULL,
	`incident_id` text NOT NULL,
	PRIMARY KEY(`problem_id`, `incident_id`),
	FOREIGN KEY (`problem_id`) REFERENCES `problems`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `problem_incidents_incident` ON `problem_incidents` (`incident_id`);--> statement-breakpoint
CREATE TABLE `problems` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`category_id` text NOT NULL,
	`component_id` text,
	`cause_tag` text NOT NULL,
	`cause` text NOT NULL,
	`cause_known_at` integer,
	`expert_id` text,
	`group_id` text,
	`ticket` text NOT NULL,
	`is_restricted` integer NOT NULL,
	`nothing_needed_reason` text,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`closed_reason` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`component_id`) REFERENCES `components`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`expert_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `problems_repeat` ON `problems` (`category_id`,`cause_tag`);--> statement-breakpoint
CREATE INDEX `problems_open` ON `problems` (`closed_at`);--> statement-breakpoint
CREATE TABLE `remediation_items` (
	`id` text PRIMARY KEY NOT NULL,
	`problem_id` text NOT NULL,
	`action_en` text NOT NULL,
	`action_de` text NOT NULL,
	`aim` text NOT NULL,
	`owner_id` text,
	`owner_function_en` text NOT NULL,
	`owner_function_de` text NOT NULL,
	`group_id` text,
	`first_due_on` text NOT NULL,
	`due_on` text NOT NULL,
	`state` text NOT NULL,
	`is_public` integer NOT NULL,
	`settled_at` integer,
	`waived_reason` text NOT NULL,
	`effectiveness` text NOT NULL,
	`effectiveness_at` integer,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`problem_id`) REFERENCES `problems`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `remediation_items_problem` ON `remediation_items` (`problem_id`);--> statement-breakpoint
CREATE INDEX `remediation_items_due` ON `remediation_items` (`state`,`due_on`);--> statement-breakpoint
CREATE TABLE `remediation_moves` (
	`id` text PRIMARY KEY NOT NULL,
	`item_id` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`reason_en` text NOT NULL,
	`reason_de` text NOT NULL,
	`moved_by` text,
	`moved_at` integer NOT NULL,
	FOREIGN KEY (`item_id`) REFERENCES `remediation_items`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`moved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `remediation_moves_item` ON `remediation_moves` (`item_id`);--> statement-breakpoint
CREATE TABLE `report_comments` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`section` text,
	`text` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `report_comments_report` ON `report_comments` (`report_id`);--> statement-breakpoint
CREATE TABLE `report_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`at` integer NOT NULL,
	`text_en` text NOT NULL,
	`text_de` text NOT NULL,
	`source_id` text,
	`is_public` integer NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `report_entries_report` ON `report_entries` (`report_id`,`at`);--> statement-breakpoint
CREATE TABLE `report_links` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`note` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `report_links_token` ON `report_links` (`token_hash`);--> statement-breakpoint
CREATE TABLE `report_revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`version` integer,
	`digest` text NOT NULL,
	`content` text NOT NULL,
	`html` text NOT NULL,
	`change_en` text NOT NULL,
	`change_de` text NOT NULL,
	`submitted_by` text,
	`submitted_at` integer NOT NULL,
	`approved_by` text,
	`approved_at` integer,
	`published_by` text,
	`published_at` integer,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`submitted_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`published_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `report_revisions_version` ON `report_revisions` (`report_id`,`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `report_revisions_sequence` ON `report_revisions` (`report_id`,`sequence`);--> statement-breakpoint
CREATE TABLE `report_texts` (
	`report_id` text NOT NULL,
	`section` text NOT NULL,
	`language` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`internal_text` text NOT NULL,
	`updated_by` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`report_id`, `section`, `language`),
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`updated_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`incident_id` text NOT NULL,
	`state` text,
	`due_at` integer,
	`is_required` integer,
	`decided_by` text,
	`decided_at` integer,
	`decision_reason` text DEFAULT '' NOT NULL,
	`closed_at` integer,
	`title_en` text DEFAULT '' NOT NULL,
	`title_de` text DEFAULT '' NOT NULL,
	`change_en` text DEFAULT '' NOT NULL,
	`change_de` text DEFAULT '' NOT NULL,
	`slug` text,
	`number` text,
	`audience` text NOT NULL,
	`classification` text NOT NULL,
	`is_preliminary` integer NOT NULL,
	`owner_id` text,
	`author_id` text,
	`author_reason` text DEFAULT '' NOT NULL,
	`owner_function_en` text DEFAULT '' NOT NULL,
	`owner_function_de` text DEFAULT '' NOT NULL,
	`author_function_en` text DEFAULT '' NOT NULL,
	`author_function_de` text DEFAULT '' NOT NULL,
	`analysis_source` text NOT NULL,
	`published_at` integer,
	`published_for` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_incident` ON `reports` (`incident_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `reports_slug` ON `reports` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `reports_number` ON `reports` (`number`);--> statement-breakpoint
CREATE INDEX `reports_state` ON `reports` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`revision_id` text NOT NULL,
	`reviewer_id` text NOT NULL,
	`ticks` text NOT NULL,
	`changes_requested_at` integer,
	`comment` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`revision_id`) REFERENCES `report_revisions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`reviewer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_once` ON `reviews` (`revision_id`,`reviewer_id`);--> statement-breakpoint
CREATE TABLE `supplier_analyses` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`supplier` text NOT NULL,
	`requested_at` integer NOT NULL,
	`due_at` integer,
	`received_at` integer,
	`document_url` text,
	`outstanding` text NOT NULL,
	`is_nothing_outstanding` integer NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `supplier_analyses_report` ON `supplier_analyses` (`report_id`);--> statement-breakpoint
ALTER TABLE `incidents` ADD `detected_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `diagnosed_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `recovered_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `verified_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `closed_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `closed_by` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `incidents` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `outcome_reason` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `incidents` ADD `explanation` text DEFAULT '' NOT NULL;