-- An incident started with its first update at the latest; imports believed sources that said otherwise.
UPDATE "incidents" SET "started_at" = (
  SELECT min("display_at") FROM "incident_updates" WHERE "incident_id" = "incidents"."id" AND "source" IS NOT NULL
)
WHERE "imported_from" IS NOT NULL AND "kind" = 'incident' AND "started_at" > (
  SELECT min("display_at") FROM "incident_updates" WHERE "incident_id" = "incidents"."id" AND "source" IS NOT NULL
);
