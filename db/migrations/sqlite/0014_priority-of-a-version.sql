ALTER TABLE `report_revisions` ADD `priority` text DEFAULT 'P0' NOT NULL;--> statement-breakpoint
UPDATE `report_revisions` SET `priority` = json_extract(`content`, '$.priority') WHERE json_extract(`content`, '$.priority') IS NOT NULL;
