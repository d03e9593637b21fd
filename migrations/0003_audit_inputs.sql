CREATE TABLE "annotator_attributes" (
	"dataset_id" integer NOT NULL,
	"annotator" integer NOT NULL,
	"attribute" text NOT NULL,
	"value" text NOT NULL,
	"consent" text NOT NULL,
	"purpose" text,
	"granted_at" timestamp (3) with time zone NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "annotator_attributes_dataset_id_annotator_attribute_pk" PRIMARY KEY("dataset_id","annotator","attribute")
);
--> statement-breakpoint
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
CREATE TABLE "long_table_exports" (
	"dataset_id" integer NOT NULL,
	"long_table_export" integer NOT NULL,
	"as_of" integer NOT NULL,
	"population" text NOT NULL,
	"candidate" integer,
	"criterion_version" integer NOT NULL,
	"attribute" text NOT NULL,
	"row_count" integer NOT NULL,
	"rater_count" integer NOT NULL,
	"left_out_row_count" integer NOT NULL,
	"left_out_rater_count" integer NOT NULL,
	"key" "bytea" NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "long_table_exports_dataset_id_long_table_export_pk" PRIMARY KEY("dataset_id","long_table_export")
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
CREATE TABLE "check_results" (
	"dataset_id" integer NOT NULL,
	"result" integer NOT NULL,
	"check_run" integer NOT NULL,
	"example_version" integer NOT NULL,
	"status" text NOT NULL,
	"level" text NOT NULL,
	"score" double precision,
	"findings" "bytea",
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "check_results_dataset_id_result_pk" PRIMARY KEY("dataset_id","result")
);
--> statement-breakpoint
CREATE TABLE "check_runs" (
	"dataset_id" integer NOT NULL,
	"check_run" integer NOT NULL,
	"name" text NOT NULL,
	"version" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"parameters_digest" "bytea" NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "check_runs_dataset_id_check_run_pk" PRIMARY KEY("dataset_id","check_run"),
	CONSTRAINT "check_runs_name" UNIQUE("dataset_id","name","version","parameters_digest")
);
--> statement-breakpoint
CREATE TABLE "lexicon_versions" (
	"dataset_id" integer NOT NULL,
	"lexicon_version" integer NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"language" text NOT NULL,
	"licence" text NOT NULL,
	"checksum" "bytea" NOT NULL,
	"entry_count" integer NOT NULL,
	"kinds" jsonb NOT NULL,
	"credit" "bytea" NOT NULL,
	"pack" "bytea" NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "lexicon_versions_dataset_id_lexicon_version_pk" PRIMARY KEY("dataset_id","lexicon_version"),
	CONSTRAINT "lexicon_versions_number" UNIQUE("dataset_id","key","version")
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"dataset_id" integer NOT NULL,
	"example_version" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"method" smallint NOT NULL,
	"characters" integer NOT NULL,
	"format" text[] NOT NULL,
	"band_keys" bigint[] NOT NULL,
	"shingles" integer NOT NULL,
	"words_key" bigint NOT NULL,
	"sentences" integer NOT NULL,
	"bullets" integer NOT NULL,
	"headings" integer NOT NULL,
	"bold" integer NOT NULL,
	"hedges" integer NOT NULL,
	"sycophantic_openings" integer NOT NULL,
	"apologies" integer NOT NULL,
	"refusals" integer NOT NULL,
	"exclamation_marks" integer NOT NULL,
	"question_marks" integer NOT NULL,
	"emoji" integer NOT NULL,
	"em_dashes" integer NOT NULL,
	CONSTRAINT "measures_dataset_id_example_version_pk" PRIMARY KEY("dataset_id","example_version")
);
--> statement-breakpoint
ALTER TABLE "annotator_attributes" ADD CONSTRAINT "annotator_attributes_dataset_id_annotator_annotators_dataset_id_annotator_fk" FOREIGN KEY ("dataset_id","annotator") REFERENCES "public"."annotators"("dataset_id","annotator") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotator_attributes" ADD CONSTRAINT "annotator_attributes_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
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
ALTER TABLE "long_table_exports" ADD CONSTRAINT "long_table_exports_dataset_id_criterion_version_criterion_versions_dataset_id_criterion_version_fk" FOREIGN KEY ("dataset_id","criterion_version") REFERENCES "public"."criterion_versions"("dataset_id","criterion_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "long_table_exports" ADD CONSTRAINT "long_table_exports_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_dataset_id_finding_findings_dataset_id_finding_fk" FOREIGN KEY ("dataset_id","finding") REFERENCES "public"."findings"("dataset_id","finding") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_results" ADD CONSTRAINT "check_results_dataset_id_check_run_check_runs_dataset_id_check_run_fk" FOREIGN KEY ("dataset_id","check_run") REFERENCES "public"."check_runs"("dataset_id","check_run") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_results" ADD CONSTRAINT "check_results_dataset_id_example_version_example_versions_dataset_id_example_version_fk" FOREIGN KEY ("dataset_id","example_version") REFERENCES "public"."example_versions"("dataset_id","example_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_results" ADD CONSTRAINT "check_results_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_runs" ADD CONSTRAINT "check_runs_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lexicon_versions" ADD CONSTRAINT "lexicon_versions_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_dataset_id_content_contents_dataset_id_commitment_fk" FOREIGN KEY ("dataset_id","content") REFERENCES "public"."contents"("dataset_id","commitment") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "annotator_attributes_by_attribute" ON "annotator_attributes" USING btree ("dataset_id","attribute");--> statement-breakpoint
CREATE INDEX "audit_signoffs_by_audit" ON "audit_signoffs" USING btree ("dataset_id","audit");--> statement-breakpoint
CREATE INDEX "audits_by_scope" ON "audits" USING btree ("dataset_id","scope_digest");--> statement-breakpoint
CREATE INDEX "external_analyses_by_audit" ON "external_analyses" USING btree ("dataset_id","audit");--> statement-breakpoint
CREATE UNIQUE INDEX "finding_statuses_in_force" ON "finding_statuses" USING btree ("dataset_id","finding") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "finding_statuses_by_finding" ON "finding_statuses" USING btree ("dataset_id","finding");--> statement-breakpoint
CREATE UNIQUE INDEX "findings_once" ON "findings" USING btree ("dataset_id","audit","test_key");--> statement-breakpoint
CREATE UNIQUE INDEX "waivers_in_force" ON "waivers" USING btree ("dataset_id","finding") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "waivers_by_finding" ON "waivers" USING btree ("dataset_id","finding");--> statement-breakpoint
CREATE UNIQUE INDEX "check_results_in_force" ON "check_results" USING btree ("dataset_id","example_version","check_run") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "check_results_of_version" ON "check_results" USING btree ("dataset_id","example_version");--> statement-breakpoint
CREATE UNIQUE INDEX "lexicon_versions_latest" ON "lexicon_versions" USING btree ("dataset_id","key") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "measures_by_content" ON "measures" USING btree ("dataset_id","content");--> statement-breakpoint
CREATE INDEX "measures_by_band_key" ON "measures" USING gin ("band_keys") WITH (fastupdate=false);--> statement-breakpoint
select assay_protect(fact) from unnest(array['lexicon_versions', 'check_runs', 'check_results']::regclass[]) fact;
--> statement-breakpoint
-- The same as before, with what annotators consented to be known: personal data that is set anew and withdrawn, and measures, which may be
-- counted again.
create or replace function assay_grant(role_name text) returns void language plpgsql as $$
declare
  t record;
begin
  execute format('grant usage on schema public to %I', role_name);
  for t in
    select c.oid::regclass as name, c.relname,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'superseded_by' and a.attnum > 0) as supersedable
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'
  loop
    execute format('grant select, insert on %s to %I', t.name, role_name);
    if t.supersedable then execute format('grant update (superseded_by) on %s to %I', t.name, role_name); end if;
    if t.relname in ('datasets', 'tallies', 'histogram', 'rater_tallies', 'people', 'jobs', 'annotator_attributes') then
      execute format('grant update on %s to %I', t.name, role_name);
    end if;
    if t.relname in ('tallies', 'histogram', 'rater_tallies', 'people', 'contents', 'kept_reports', 'consensus_runs', 'consensus_values',
      'annotator_attributes', 'measures') then
      execute format('grant delete on %s to %I', t.name, role_name);
    end if;
  end loop;
end $$;
--> statement-breakpoint
-- The records of bias audits.
select assay_protect(fact) from unnest(array['audits', 'findings', 'finding_statuses', 'audit_signoffs', 'waivers', 'external_analyses', 'long_table_exports']::regclass[]) fact;
