CREATE TABLE "joint_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"incident_id" text NOT NULL,
	"priority" text,
	"review_on" text,
	"reason" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"agreed_by" text,
	"agreed_at" timestamp (3) with time zone,
	"refused_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "postmortem_meetings" (
	"id" text PRIMARY KEY NOT NULL,
	"report_id" text NOT NULL,
	"report_version" integer NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"initiated_by" text,
	"lead_id" text,
	"planned_for" timestamp (3) with time zone,
	"held_at" timestamp (3) with time zone,
	"outcomes" json NOT NULL,
	"decisions" text NOT NULL,
	"sharing" json NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "postmortem_participants" (
	"meeting_id" text NOT NULL,
	"user_id" text NOT NULL,
	"attended" boolean NOT NULL,
	CONSTRAINT "postmortem_participants_meeting_id_user_id_pk" PRIMARY KEY("meeting_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "problem_incidents" (
	"problem_id" text NOT NULL,
	"incident_id" text NOT NULL,
	CONSTRAINT "problem_incidents_problem_id_incident_id_pk" PRIMARY KEY("problem_id","incident_id")
);
--> statement-breakpoint
CREATE TABLE "problems" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"category_id" text NOT NULL,
	"component_id" text,
	"cause_tag" text NOT NULL,
	"cause" text NOT NULL,
	"cause_known_at" timestamp (3) with time zone,
	"expert_id" text,
	"group_id" text,
	"ticket" text NOT NULL,
	"is_restricted" boolean NOT NULL,
	"nothing_needed_reason" text,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_reason" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "remediation_items" (
	"id" text PRIMARY KEY NOT NULL,
	"problem_id" text NOT NULL,
	"action_en" text NOT NULL,
	"action_de" text NOT NULL,
	"aim" text NOT NULL,
	"owner_id" text,
	"owner_function_en" text NOT NULL,
	"owner_function_de" text NOT NULL,
	"group_id" text,
	"first_due_on" text NOT NULL,
	"due_on" text NOT NULL,
	"state" text NOT NULL,
	"is_public" boolean NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"waived_reason" text NOT NULL,
	"effectiveness" text NOT NULL,
	"effectiveness_at" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "remediation_moves" (
	"id" text PRIMARY KEY NOT NULL,
	"item_id" text NOT NULL,
	"from_on" text NOT NULL,
	"to_on" text NOT NULL,
	"reason_en" text NOT NULL,
	"reason_de" text NOT NULL,
	"moved_by" text,
	"moved_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_comments" (
	"id" text PRIMARY KEY NOT NULL,
	"report_id" text NOT NULL,
	"section" text,
	"text" text NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "report_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"report_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"text_en" text NOT NULL,
	"text_de" text NOT NULL,
	"source_id" text,
	"is_public" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_links" (
	"id" text PRIMARY KEY NOT NULL,
	"report_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"note" text NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "report_revisions" (
	"id" text PRIMARY KEY NOT NULL,
	"report_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"version" integer,
	"digest" text NOT NULL,
	"content" text NOT NULL,
	"html" json NOT NULL,
	"change_en" text NOT NULL,
	"change_de" text NOT NULL,
	"submitted_by" text,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	"approved_by" text,
	"approved_at" timestamp (3) with time zone,
	"published_by" text,
	"published_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "report_texts" (
	"report_id" text NOT NULL,
	"section" text NOT NULL,
	"language" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"internal_text" text NOT NULL,
	"updated_by" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_texts_report_id_section_language_pk" PRIMARY KEY("report_id","section","language")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"state" text,
	"due_at" timestamp (3) with time zone,
	"is_required" boolean,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"decision_reason" text DEFAULT '' NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"title_en" text DEFAULT '' NOT NULL,
	"title_de" text DEFAULT '' NOT NULL,
	"change_en" text DEFAULT '' NOT NULL,
	"change_de" text DEFAULT '' NOT NULL,
	"slug" text,
	"number" text,
	"audience" text NOT NULL,
	"classification" text NOT NULL,
	"is_preliminary" boolean NOT NULL,
	"owner_id" text,
	"author_id" text,
	"author_reason" text DEFAULT '' NOT NULL,
	"owner_function_en" text DEFAULT '' NOT NULL,
	"owner_function_de" text DEFAULT '' NOT NULL,
	"author_function_en" text DEFAULT '' NOT NULL,
	"author_function_de" text DEFAULT '' NOT NULL,
	"analysis_source" text NOT NULL,
	"published_at" timestamp (3) with time zone,
	"published_for" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" text PRIMARY KEY NOT NULL,
	"revision_id" text NOT NULL,
	"reviewer_id" text NOT NULL,
	"ticks" json NOT NULL,
	"changes_requested_at" timestamp (3) with time zone,
	"comment" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "supplier_analyses" (
	"id" text PRIMARY KEY NOT NULL,
	"report_id" text NOT NULL,
	"supplier" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone,
	"document_url" text,
	"outstanding" text NOT NULL,
	"is_nothing_outstanding" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "detected_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "diagnosed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "recovered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "verified_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "closed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "closed_by" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "outcome_reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "explanation" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "joint_decisions" ADD CONSTRAINT "joint_decisions_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_decisions" ADD CONSTRAINT "joint_decisions_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_decisions" ADD CONSTRAINT "joint_decisions_agreed_by_users_id_fk" FOREIGN KEY ("agreed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postmortem_meetings" ADD CONSTRAINT "postmortem_meetings_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postmortem_meetings" ADD CONSTRAINT "postmortem_meetings_initiated_by_users_id_fk" FOREIGN KEY ("initiated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postmortem_meetings" ADD CONSTRAINT "postmortem_meetings_lead_id_users_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postmortem_participants" ADD CONSTRAINT "postmortem_participants_meeting_id_postmortem_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."postmortem_meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postmortem_participants" ADD CONSTRAINT "postmortem_participants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem_incidents" ADD CONSTRAINT "problem_incidents_problem_id_problems_id_fk" FOREIGN KEY ("problem_id") REFERENCES "public"."problems"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem_incidents" ADD CONSTRAINT "problem_incidents_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_component_id_components_id_fk" FOREIGN KEY ("component_id") REFERENCES "public"."components"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_expert_id_users_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_items" ADD CONSTRAINT "remediation_items_problem_id_problems_id_fk" FOREIGN KEY ("problem_id") REFERENCES "public"."problems"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_items" ADD CONSTRAINT "remediation_items_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_items" ADD CONSTRAINT "remediation_items_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_moves" ADD CONSTRAINT "remediation_moves_item_id_remediation_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."remediation_items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_moves" ADD CONSTRAINT "remediation_moves_moved_by_users_id_fk" FOREIGN KEY ("moved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_comments" ADD CONSTRAINT "report_comments_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_comments" ADD CONSTRAINT "report_comments_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_entries" ADD CONSTRAINT "report_entries_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_links" ADD CONSTRAINT "report_links_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_links" ADD CONSTRAINT "report_links_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_revisions" ADD CONSTRAINT "report_revisions_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_revisions" ADD CONSTRAINT "report_revisions_submitted_by_users_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_revisions" ADD CONSTRAINT "report_revisions_approved_by_users_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_revisions" ADD CONSTRAINT "report_revisions_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_texts" ADD CONSTRAINT "report_texts_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_texts" ADD CONSTRAINT "report_texts_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_revision_id_report_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."report_revisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_reviewer_id_users_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_analyses" ADD CONSTRAINT "supplier_analyses_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "joint_decisions_incident" ON "joint_decisions" USING btree ("incident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "postmortem_meetings_version" ON "postmortem_meetings" USING btree ("report_id","report_version");--> statement-breakpoint
CREATE INDEX "problem_incidents_incident" ON "problem_incidents" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "problems_repeat" ON "problems" USING btree ("category_id","cause_tag");--> statement-breakpoint
CREATE INDEX "problems_open" ON "problems" USING btree ("closed_at");--> statement-breakpoint
CREATE INDEX "remediation_items_problem" ON "remediation_items" USING btree ("problem_id");--> statement-breakpoint
CREATE INDEX "remediation_items_due" ON "remediation_items" USING btree ("state","due_on");--> statement-breakpoint
CREATE INDEX "remediation_moves_item" ON "remediation_moves" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "report_comments_report" ON "report_comments" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "report_entries_report" ON "report_entries" USING btree ("report_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "report_links_token" ON "report_links" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "report_revisions_version" ON "report_revisions" USING btree ("report_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "report_revisions_sequence" ON "report_revisions" USING btree ("report_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_incident" ON "reports" USING btree ("incident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_slug" ON "reports" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_number" ON "reports" USING btree ("number");--> statement-breakpoint
CREATE INDEX "reports_state" ON "reports" USING btree ("state","due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_once" ON "reviews" USING btree ("revision_id","reviewer_id");--> statement-breakpoint
CREATE INDEX "supplier_analyses_report" ON "supplier_analyses" USING btree ("report_id");--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_closed_by_users_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;