CREATE TABLE "consensus_runs" (
	"dataset_id" integer NOT NULL,
	"run" integer GENERATED ALWAYS AS IDENTITY (sequence name "consensus_runs_run_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" "bytea" NOT NULL,
	"criterion_version" integer NOT NULL,
	"as_of" integer NOT NULL,
	CONSTRAINT "consensus_runs_dataset_id_run_pk" PRIMARY KEY("dataset_id","run")
);
--> statement-breakpoint
CREATE TABLE "consensus_values" (
	"dataset_id" integer NOT NULL,
	"run" integer NOT NULL,
	"example_version" integer NOT NULL,
	"category" smallint NOT NULL,
	"certainty" double precision NOT NULL,
	"ratings" integer NOT NULL,
	CONSTRAINT "consensus_values_dataset_id_run_example_version_pk" PRIMARY KEY("dataset_id","run","example_version")
);
--> statement-breakpoint
CREATE TABLE "gold_values" (
	"dataset_id" integer NOT NULL,
	"gold" integer NOT NULL,
	"criterion_version" integer NOT NULL,
	"example_version" integer NOT NULL,
	"category" integer,
	"score" double precision,
	"tolerance" double precision NOT NULL,
	"rationale" "bytea",
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "gold_values_dataset_id_gold_pk" PRIMARY KEY("dataset_id","gold")
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"dataset_id" integer NOT NULL,
	"feedback" integer NOT NULL,
	"annotator" integer NOT NULL,
	"criterion_version" integer NOT NULL,
	"as_of" integer NOT NULL,
	"report" "bytea" NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "feedback_dataset_id_feedback_pk" PRIMARY KEY("dataset_id","feedback")
);
--> statement-breakpoint
CREATE TABLE "feedback_acknowledgements" (
	"dataset_id" integer NOT NULL,
	"acknowledgement" integer NOT NULL,
	"feedback" integer NOT NULL,
	"comment" "bytea",
	"activity" integer NOT NULL,
	CONSTRAINT "feedback_acknowledgements_dataset_id_acknowledgement_pk" PRIMARY KEY("dataset_id","acknowledgement")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"dataset_id" integer NOT NULL,
	"job" integer GENERATED ALWAYS AS IDENTITY (sequence name "jobs_job_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"key" "bytea" NOT NULL,
	"as_of" integer NOT NULL,
	"population" text NOT NULL,
	"candidate" integer,
	"question" jsonb NOT NULL,
	"state" text NOT NULL,
	"progress" double precision DEFAULT 0 NOT NULL,
	"step" text DEFAULT '' NOT NULL,
	"problem" text,
	"principal_uid" uuid NOT NULL,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"runner" uuid,
	"heard_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "jobs_dataset_id_job_pk" PRIMARY KEY("dataset_id","job")
);
--> statement-breakpoint
CREATE TABLE "kept_reports" (
	"dataset_id" integer NOT NULL,
	"key" "bytea" NOT NULL,
	"kind" text NOT NULL,
	"as_of" integer NOT NULL,
	"report" text NOT NULL,
	"milliseconds" double precision NOT NULL,
	"made_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "kept_reports_dataset_id_key_pk" PRIMARY KEY("dataset_id","key")
);
--> statement-breakpoint
ALTER TABLE "consensus_values" ADD CONSTRAINT "consensus_values_dataset_id_run_consensus_runs_dataset_id_run_fk" FOREIGN KEY ("dataset_id","run") REFERENCES "public"."consensus_runs"("dataset_id","run") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_values" ADD CONSTRAINT "gold_values_dataset_id_criterion_version_criterion_versions_dataset_id_criterion_version_fk" FOREIGN KEY ("dataset_id","criterion_version") REFERENCES "public"."criterion_versions"("dataset_id","criterion_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_values" ADD CONSTRAINT "gold_values_dataset_id_example_version_example_versions_dataset_id_example_version_fk" FOREIGN KEY ("dataset_id","example_version") REFERENCES "public"."example_versions"("dataset_id","example_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold_values" ADD CONSTRAINT "gold_values_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_dataset_id_annotator_annotators_dataset_id_annotator_fk" FOREIGN KEY ("dataset_id","annotator") REFERENCES "public"."annotators"("dataset_id","annotator") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_dataset_id_criterion_version_criterion_versions_dataset_id_criterion_version_fk" FOREIGN KEY ("dataset_id","criterion_version") REFERENCES "public"."criterion_versions"("dataset_id","criterion_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_acknowledgements" ADD CONSTRAINT "feedback_acknowledgements_dataset_id_feedback_feedback_dataset_id_feedback_fk" FOREIGN KEY ("dataset_id","feedback") REFERENCES "public"."feedback"("dataset_id","feedback") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_acknowledgements" ADD CONSTRAINT "feedback_acknowledgements_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consensus_runs_by_key" ON "consensus_runs" USING btree ("dataset_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "gold_values_in_force" ON "gold_values" USING btree ("dataset_id","criterion_version","example_version") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "feedback_by_annotator" ON "feedback" USING btree ("dataset_id","annotator");--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_acknowledged_once" ON "feedback_acknowledgements" USING btree ("dataset_id","feedback");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_open_once" ON "jobs" USING btree ("dataset_id","key") WHERE state in ('QUEUED', 'RUNNING');--> statement-breakpoint
CREATE INDEX "jobs_waiting" ON "jobs" USING btree ("job") WHERE state in ('QUEUED', 'RUNNING');--> statement-breakpoint
select assay_protect(fact) from unnest(array['gold_values', 'feedback', 'feedback_acknowledgements']::regclass[]) fact;
--> statement-breakpoint
-- The same as before, with what is computed and may be computed again: kept reports, jobs, consensus.
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
    if t.relname in ('datasets', 'tallies', 'histogram', 'rater_tallies', 'people', 'jobs') then
      execute format('grant update on %s to %I', t.name, role_name);
    end if;
    if t.relname in ('tallies', 'histogram', 'rater_tallies', 'people', 'contents', 'kept_reports', 'consensus_runs', 'consensus_values') then
      execute format('grant delete on %s to %I', t.name, role_name);
    end if;
  end loop;
end $$;
