ALTER TABLE `api_tokens` ADD `kept_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `password_changed_at` integer;