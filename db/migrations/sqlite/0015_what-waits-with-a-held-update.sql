ALTER TABLE `incident_updates` ADD `waiting` text;--> statement-breakpoint
UPDATE `incident_updates` SET `waiting` = (SELECT `payload` FROM `outbox` WHERE `kind` = 'publish-held-update' AND `done_at` IS NULL AND json_extract(`payload`, '$.window') IS NOT NULL AND json_extract(`payload`, '$.updateId') = `incident_updates`.`id`);
