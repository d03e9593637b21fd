CREATE TABLE "audit_signoffs" (
	"dataset_id" integer NOT NULL,
	"audit_signoff" integer NOT NULL,
	"audit" integer NOT NULL,
	"decision" text NOT NULL,
	"statement" "bytea" NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "audit_signoffs_dataset_id_audit_signoff_pk" PRIMARY KEY("dataset_id","audit_signoff")
);
--> statement-breakpoint
CREATE TABLE "audits" (
	"dataset_id" integer NOT NULL,
	"audit" integer NOT NULL,
	"title" "bytea" NOT NULL,
	"as_of" integer NOT NULL,
	"population" text NOT NULL,
	"candidate" integer,
	"scope_digest" "bytea" NOT NULL,
	"example_version_count" integer NOT NULL,
	"question" jsonb NOT NULL,
	"families" jsonb NOT NULL,
	"method_version" text NOT NULL,
	"seed" double precision NOT NULL,
	"lexicons" jsonb NOT NULL,
	"numbers" "bytea" NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "audits_dataset_id_audit_pk" PRIMARY KEY("dataset_id","audit")
);
--> statement-breakpoint
CREATE TABLE "external_analyses" (
	"dataset_id" integer NOT NULL,
	"external_analysis" integer NOT NULL,
	"audit" integer,
	"as_of" integer NOT NULL,
	"population" text NOT NULL,
	"candidate" integer,
	"file_digest" "bytea",
	"analysis" "bytea" NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "external_analyses_dataset_id_external_analysis_pk" PRIMARY KEY("dataset_id","external_analysis")
);
--> statement-breakpoint
CREATE TABLE "finding_statuses" (
	"dataset_id" integer NOT NULL,
	"finding_status" integer NOT NULL,
	"finding" integer NOT NULL,
	"status" text NOT NULL,
	"reason" "bytea" NOT NULL,
	"clause" integer,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "finding_statuses_dataset_id_finding_status_pk" PRIMARY KEY("dataset_id","finding_status")
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"dataset_id" integer NOT NULL,
	"finding" integer NOT NULL,
	"audit" integer NOT NULL,
	"test_key" text NOT NULL,
	"severity" text NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "findings_dataset_id_finding_pk" PRIMARY KEY("dataset_id","finding")
);
--> statement-breakpoint
CREATE TABLE "waivers" (
	"dataset_id" integer NOT NULL,
	"waiver" integer NOT NULL,
	"finding" integer NOT NULL,
	"reason" "bytea" NOT NULL,
	"mitigation" "bytea",
	"expires_at" timestamp (3) with time zone NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "waivers_dataset_id_waiver_pk" PRIMARY KEY("dataset_id","waiver")
);
--> statement-breakpoint
ALTER TABLE "audit_signoffs" ADD CONSTRAINT "audit_signoffs_dataset_id_audit_audits_dataset_id_audit_fk" FOREIGN KEY ("dataset_id","audit") REFERENCES "public"."audits"("dataset_id","audit") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_signoffs" ADD CONSTRAINT "audit_signoffs_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_analyses" ADD CONSTRAINT "external_analyses_dataset_id_audit_audits_dataset_id_audit_fk" FOREIGN KEY ("dataset_id","audit") REFERENCES "public"."audits"("dataset_id","audit") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_analyses" ADD CONSTRAINT "external_analyses_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding_statuses" ADD CONSTRAINT "finding_statuses_dataset_id_finding_findings_dataset_id_finding_fk" FOREIGN KEY ("dataset_id","finding") REFERENCES "public"."findings"("dataset_id","finding") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding_statuses" ADD CONSTRAINT "finding_statuses_dataset_id_clause_clauses_dataset_id_clause_fk" FOREIGN KEY ("dataset_id","clause") REFERENCES "public"."clauses"("dataset_id","clause") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding_statuses" ADD CONSTRAINT "finding_statuses_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_dataset_id_audit_audits_dataset_id_audit_fk" FOREIGN KEY ("dataset_id","audit") REFERENCES "public"."audits"("dataset_id","audit") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_dataset_id_finding_findings_dataset_id_finding_fk" FOREIGN KEY ("dataset_id","finding") REFERENCES "public"."findings"("dataset_id","finding") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_signoffs_by_audit" ON "audit_signoffs" USING btree ("dataset_id","audit");--> statement-breakpoint
CREATE INDEX "audits_by_scope" ON "audits" USING btree ("dataset_id","scope_digest");--> statement-breakpoint
CREATE INDEX "external_analyses_by_audit" ON "external_analyses" USING btree ("dataset_id","audit");--> statement-breakpoint
CREATE UNIQUE INDEX "finding_statuses_in_force" ON "finding_statuses" USING btree ("dataset_id","finding") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "finding_statuses_by_finding" ON "finding_statuses" USING btree ("dataset_id","finding");--> statement-breakpoint
CREATE UNIQUE INDEX "findings_once" ON "findings" USING btree ("dataset_id","audit","test_key");--> statement-breakpoint
CREATE UNIQUE INDEX "waivers_in_force" ON "waivers" USING btree ("dataset_id","finding") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "waivers_by_finding" ON "waivers" USING btree ("dataset_id","finding");--> statement-breakpoint
select assay_protect(fact) from unnest(array['audits', 'findings', 'finding_statuses', 'audit_signoffs', 'waivers', 'external_analyses']::regclass[]) fact;
