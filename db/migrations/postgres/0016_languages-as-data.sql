ALTER TABLE "categories" ADD COLUMN "name" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "short" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "subject" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "is_plural" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "description" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "components" ADD COLUMN "name" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "components" ADD COLUMN "description" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "phrases" ADD COLUMN "text" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "phrases" ADD COLUMN "workaround" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "remediation_items" ADD COLUMN "action" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "remediation_items" ADD COLUMN "owner_function" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "remediation_moves" ADD COLUMN "reason" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_entries" ADD COLUMN "text" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "report_revisions" ADD COLUMN "change" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "title" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "change" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "owner_function" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "author_function" json DEFAULT '{}' NOT NULL;--> statement-breakpoint
UPDATE "categories" SET "name" = json_build_object('en', "name_en", 'de', "name_de"), "short" = json_build_object('en', "short_en", 'de', "short_de"), "subject" = json_build_object('en', "subject_en", 'de', "subject_de"), "is_plural" = json_build_object('en', "is_plural_en", 'de', "is_plural_de"), "description" = json_build_object('en', "description_en", 'de', "description_de");--> statement-breakpoint
UPDATE "components" SET "name" = json_build_object('en', "name_en", 'de', "name_de"), "description" = json_build_object('en', "description_en", 'de', "description_de");--> statement-breakpoint
UPDATE "phrases" SET "text" = json_build_object('en', "text_en", 'de', "text_de"), "workaround" = json_build_object('en', "workaround_en", 'de', "workaround_de");--> statement-breakpoint
UPDATE "remediation_items" SET "action" = json_build_object('en', "action_en", 'de', "action_de"), "owner_function" = json_build_object('en', "owner_function_en", 'de', "owner_function_de");--> statement-breakpoint
UPDATE "remediation_moves" SET "reason" = json_build_object('en', "reason_en", 'de', "reason_de");--> statement-breakpoint
UPDATE "report_entries" SET "text" = json_build_object('en', "text_en", 'de', "text_de");--> statement-breakpoint
UPDATE "report_revisions" SET "change" = json_build_object('en', "change_en", 'de', "change_de");--> statement-breakpoint
UPDATE "reports" SET "title" = json_build_object('en', "title_en", 'de', "title_de"), "change" = json_build_object('en', "change_en", 'de', "change_de"), "owner_function" = json_build_object('en', "owner_function_en", 'de', "owner_function_de"), "author_function" = json_build_object('en', "author_function_en", 'de', "author_function_de");--> statement-breakpoint
ALTER TABLE "categories" ALTER COLUMN "name" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "categories" ALTER COLUMN "short" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "categories" ALTER COLUMN "subject" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "categories" ALTER COLUMN "is_plural" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "categories" ALTER COLUMN "description" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "components" ALTER COLUMN "name" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "components" ALTER COLUMN "description" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "phrases" ALTER COLUMN "text" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "phrases" ALTER COLUMN "workaround" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "remediation_items" ALTER COLUMN "action" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "remediation_items" ALTER COLUMN "owner_function" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "remediation_moves" ALTER COLUMN "reason" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "report_entries" ALTER COLUMN "text" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "report_revisions" ALTER COLUMN "change" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "name_en";--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "name_de";--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "short_en";--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "short_de";--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "subject_en";--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "subject_de";--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "is_plural_en";--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "is_plural_de";--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "description_en";--> statement-breakpoint
ALTER TABLE "categories" DROP COLUMN "description_de";--> statement-breakpoint
ALTER TABLE "components" DROP COLUMN "name_en";--> statement-breakpoint
ALTER TABLE "components" DROP COLUMN "name_de";--> statement-breakpoint
ALTER TABLE "components" DROP COLUMN "description_en";--> statement-breakpoint
ALTER TABLE "components" DROP COLUMN "description_de";--> statement-breakpoint
ALTER TABLE "phrases" DROP COLUMN "text_en";--> statement-breakpoint
ALTER TABLE "phrases" DROP COLUMN "text_de";--> statement-breakpoint
ALTER TABLE "phrases" DROP COLUMN "workaround_en";--> statement-breakpoint
ALTER TABLE "phrases" DROP COLUMN "workaround_de";--> statement-breakpoint
ALTER TABLE "remediation_items" DROP COLUMN "action_en";--> statement-breakpoint
ALTER TABLE "remediation_items" DROP COLUMN "action_de";--> statement-breakpoint
ALTER TABLE "remediation_items" DROP COLUMN "owner_function_en";--> statement-breakpoint
ALTER TABLE "remediation_items" DROP COLUMN "owner_function_de";--> statement-breakpoint
ALTER TABLE "remediation_moves" DROP COLUMN "reason_en";--> statement-breakpoint
ALTER TABLE "remediation_moves" DROP COLUMN "reason_de";--> statement-breakpoint
ALTER TABLE "report_entries" DROP COLUMN "text_en";--> statement-breakpoint
ALTER TABLE "report_entries" DROP COLUMN "text_de";--> statement-breakpoint
ALTER TABLE "report_revisions" DROP COLUMN "change_en";--> statement-breakpoint
ALTER TABLE "report_revisions" DROP COLUMN "change_de";--> statement-breakpoint
ALTER TABLE "reports" DROP COLUMN "title_en";--> statement-breakpoint
ALTER TABLE "reports" DROP COLUMN "title_de";--> statement-breakpoint
ALTER TABLE "reports" DROP COLUMN "change_en";--> statement-breakpoint
ALTER TABLE "reports" DROP COLUMN "change_de";--> statement-breakpoint
ALTER TABLE "reports" DROP COLUMN "owner_function_en";--> statement-breakpoint
ALTER TABLE "reports" DROP COLUMN "owner_function_de";--> statement-breakpoint
ALTER TABLE "reports" DROP COLUMN "author_function_en";--> statement-breakpoint
ALTER TABLE "reports" DROP COLUMN "author_function_de";