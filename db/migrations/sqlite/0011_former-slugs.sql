CREATE TABLE `former_slugs` (
	`slug` text NOT NULL,
	`category_id` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`slug`, `category_id`),
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `former_slugs_category` ON `former_slugs` (`category_id`);--> statement-breakpoint
INSERT INTO `former_slugs` (`slug`, `category_id`, `until`) SELECT json_extract(`change`, '$.before.slug'), `subject_id`, max(`at`) FROM `audit_entries` WHERE `action` = 'category.changed' AND json_extract(`change`, '$.before.slug') IS NOT NULL AND `subject_id` IN (SELECT `id` FROM `categories`) GROUP BY 1, 2;
