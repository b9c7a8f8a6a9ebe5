ALTER TABLE `categories` ADD `name` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `categories` ADD `short` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `categories` ADD `subject` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `categories` ADD `is_plural` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `categories` ADD `description` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `components` ADD `name` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `components` ADD `description` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `phrases` ADD `text` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `phrases` ADD `workaround` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `remediation_items` ADD `action` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `remediation_items` ADD `owner_function` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `remediation_moves` ADD `reason` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `report_entries` ADD `text` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `report_revisions` ADD `change` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `title` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `change` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `owner_function` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` ADD `author_function` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
UPDATE `categories` SET `name` = json_object('en', `name_en`, 'de', `name_de`), `short` = json_object('en', `short_en`, 'de', `short_de`), `subject` = json_object('en', `subject_en`, 'de', `subject_de`), `is_plural` = json_object('en', json(CASE WHEN `is_plural_en` THEN 'true' ELSE 'false' END), 'de', json(CASE WHEN `is_plural_de` THEN 'true' ELSE 'false' END)), `description` = json_object('en', `description_en`, 'de', `description_de`);--> statement-breakpoint
UPDATE `components` SET `name` = json_object('en', `name_en`, 'de', `name_de`), `description` = json_object('en', `description_en`, 'de', `description_de`);--> statement-breakpoint
UPDATE `phrases` SET `text` = json_object('en', `text_en`, 'de', `text_de`), `workaround` = json_object('en', `workaround_en`, 'de', `workaround_de`);--> statement-breakpoint
UPDATE `remediation_items` SET `action` = json_object('en', `action_en`, 'de', `action_de`), `owner_function` = json_object('en', `owner_function_en`, 'de', `owner_function_de`);--> statement-breakpoint
UPDATE `remediation_moves` SET `reason` = json_object('en', `reason_en`, 'de', `reason_de`);--> statement-breakpoint
UPDATE `report_entries` SET `text` = json_object('en', `text_en`, 'de', `text_de`);--> statement-breakpoint
UPDATE `report_revisions` SET `change` = json_object('en', `change_en`, 'de', `change_de`);--> statement-breakpoint
UPDATE `reports` SET `title` = json_object('en', `title_en`, 'de', `title_de`), `change` = json_object('en', `change_en`, 'de', `change_de`), `owner_function` = json_object('en', `owner_function_en`, 'de', `owner_function_de`), `author_function` = json_object('en', `author_function_en`, 'de', `author_function_de`);--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `name_en`;--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `name_de`;--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `short_en`;--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `short_de`;--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `subject_en`;--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `subject_de`;--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `is_plural_en`;--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `is_plural_de`;--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `description_en`;--> statement-breakpoint
ALTER TABLE `categories` DROP COLUMN `description_de`;--> statement-breakpoint
ALTER TABLE `components` DROP COLUMN `name_en`;--> statement-breakpoint
ALTER TABLE `components` DROP COLUMN `name_de`;--> statement-breakpoint
ALTER TABLE `components` DROP COLUMN `description_en`;--> statement-breakpoint
ALTER TABLE `components` DROP COLUMN `description_de`;--> statement-breakpoint
ALTER TABLE `phrases` DROP COLUMN `text_en`;--> statement-breakpoint
ALTER TABLE `phrases` DROP COLUMN `text_de`;--> statement-breakpoint
ALTER TABLE `phrases` DROP COLUMN `workaround_en`;--> statement-breakpoint
ALTER TABLE `phrases` DROP COLUMN `workaround_de`;--> statement-breakpoint
ALTER TABLE `remediation_items` DROP COLUMN `action_en`;--> statement-breakpoint
ALTER TABLE `remediation_items` DROP COLUMN `action_de`;--> statement-breakpoint
ALTER TABLE `remediation_items` DROP COLUMN `owner_function_en`;--> statement-breakpoint
ALTER TABLE `remediation_items` DROP COLUMN `owner_function_de`;--> statement-breakpoint
ALTER TABLE `remediation_moves` DROP COLUMN `reason_en`;--> statement-breakpoint
ALTER TABLE `remediation_moves` DROP COLUMN `reason_de`;--> statement-breakpoint
ALTER TABLE `report_entries` DROP COLUMN `text_en`;--> statement-breakpoint
ALTER TABLE `report_entries` DROP COLUMN `text_de`;--> statement-breakpoint
ALTER TABLE `report_revisions` DROP COLUMN `change_en`;--> statement-breakpoint
ALTER TABLE `report_revisions` DROP COLUMN `change_de`;--> statement-breakpoint
ALTER TABLE `reports` DROP COLUMN `title_en`;--> statement-breakpoint
ALTER TABLE `reports` DROP COLUMN `title_de`;--> statement-breakpoint
ALTER TABLE `reports` DROP COLUMN `change_en`;--> statement-breakpoint
ALTER TABLE `reports` DROP COLUMN `change_de`;--> statement-breakpoint
ALTER TABLE `reports` DROP COLUMN `owner_function_en`;--> statement-breakpoint
ALTER TABLE `reports` DROP COLUMN `owner_function_de`;--> statement-breakpoint
ALTER TABLE `reports` DROP COLUMN `author_function_en`;--> statement-breakpoint
ALTER TABLE `reports` DROP COLUMN `author_function_de`;