CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`subject` text NOT NULL,
	`occasion` text NOT NULL,
	`values` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `drafts_subject` ON `drafts` (`user_id`,`subject`);--> statement-breakpoint
CREATE TABLE `hand_overs` (
	`id` text PRIMARY KEY NOT NULL,
	`duty` text NOT NULL,
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`note` text NOT NULL,
	`promise_ids` text NOT NULL,
	`created_at` integer NOT NULL,
	`accepted_at` integer,
	FOREIGN KEY (`from_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hand_overs_to` ON `hand_overs` (`to_id`,`accepted_at`);--> statement-breakpoint
CREATE TABLE `log_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`incident_id` text NOT NULL,
	`kind` text NOT NULL,
	`target` text,
	`to_whom` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `log_entries_incident` ON `log_entries` (`incident_id`,`at`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`incident_id` text NOT NULL,
	`reference` text NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_once` ON `notices` (`user_id`,`kind`,`incident_id`,`reference`);--> statement-breakpoint
CREATE TABLE `promises` (
	`id` text PRIMARY KEY NOT NULL,
	`incident_id` text NOT NULL,
	`audience` text NOT NULL,
	`update_id` text,
	`made_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`answered_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`incident_id`) REFERENCES `incidents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `promises_incident` ON `promises` (`incident_id`);--> statement-breakpoint
CREATE INDEX `promises_due` ON `promises` (`answered_at`,`due_at`);--> statement-breakpoint
CREATE TABLE `roster_shifts` (
	`id` text PRIMARY KEY NOT NULL,
	`duty` text NOT NULL,
	`user_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `roster_shifts_time` ON `roster_shifts` (`duty`,`ends_at`);--> statement-breakpoint
ALTER TABLE `incident_updates` ADD `is_planned` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `incident_updates` ADD `reviewed_by` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `incident_updates` ADD `reviewed_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `internal_title` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `incidents` ADD `affects_customers` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `incidents` ADD `not_public_reason` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `not_public_by` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `incidents` ADD `not_public_at` integer;--> statement-breakpoint
ALTER TABLE `incidents` ADD `is_emergency` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `incidents` ADD `is_automatic` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `incidents` ADD `labels` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `incidents` ADD `next_action` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `incidents` ADD `next_action_owner_id` text REFERENCES users(id);