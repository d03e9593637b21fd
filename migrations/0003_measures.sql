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
ALTER TABLE "measures" ADD CONSTRAINT "measures_dataset_id_content_contents_dataset_id_commitment_fk" FOREIGN KEY ("dataset_id","content") REFERENCES "public"."contents"("dataset_id","commitment") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "measures_by_content" ON "measures" USING btree ("dataset_id","content");--> statement-breakpoint
CREATE INDEX "measures_by_band_key" ON "measures" USING gin ("band_keys") WITH (fastupdate=false);--> statement-breakpoint
-- The same as before, with measures, which may be counted again.
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
    if t.relname in ('tallies', 'histogram', 'rater_tallies', 'people', 'contents', 'kept_reports', 'consensus_runs', 'consensus_values',
      'measures') then
      execute format('grant delete on %s to %I', t.name, role_name);
    end if;
  end loop;
end $$;
