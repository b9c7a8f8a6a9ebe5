CREATE TABLE "former_slugs" (
	"slug" text NOT NULL,
	"category_id" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "former_slugs_slug_category_id_pk" PRIMARY KEY("slug","category_id")
);
--> statement-breakpoint
ALTER TABLE "former_slugs" ADD CONSTRAINT "former_slugs_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_slugs_category" ON "former_slugs" USING btree ("category_id");--> statement-breakpoint
INSERT INTO "former_slugs" ("slug", "category_id", "until") SELECT "change"::json->'before'->>'slug', "subject_id", max("at") FROM "audit_entries" WHERE "action" = 'category.changed' AND "change"::json->'before'->>'slug' IS NOT NULL AND "subject_id" IN (SELECT "id" FROM "categories") GROUP BY 1, 2;
