-- What all migrations give, described from the catalogue. Written by: node dist/scripts/checkMigrations.js --write

create table activities (
  dataset_id integer not null,
  activity integer not null,
  kind text not null,
  agent integer not null,
  token integer,
  recorded_at timestamp(3) with time zone not null,
  request_key text,
  request_digest bytea,
  message bytea,
  outcome jsonb not null,
  rows_digest bytea not null,
  previous_digest bytea not null,
  digest bytea not null,
  constraint activities_dataset_id_activity_pk PRIMARY KEY (dataset_id, activity),
  constraint activities_dataset_id_datasets_dataset_id_fk FOREIGN KEY (dataset_id) REFERENCES datasets(dataset_id),
  constraint activities_no_fork UNIQUE (dataset_id, previous_digest)
);

CREATE UNIQUE INDEX activities_request_key ON public.activities USING btree (dataset_id, agent, request_key) WHERE (request_key IS NOT NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.activities FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.activities FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, activity, kind, agent, token, recorded_at, request_key, request_digest, message, outcome, rows_digest, previous_digest, digest ON public.activities FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table agents (
  dataset_id integer not null,
  agent integer not null,
  kind text not null,
  label text not null,
  principal_uid uuid,
  activity integer not null,
  constraint agents_dataset_id_agent_pk PRIMARY KEY (dataset_id, agent)
);

CREATE UNIQUE INDEX agents_principal ON public.agents USING btree (dataset_id, principal_uid) WHERE (principal_uid IS NOT NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.agents FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.agents FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, agent, kind, label, principal_uid, activity ON public.agents FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table annotator_attributes (
  dataset_id integer not null,
  annotator integer not null,
  attribute text not null,
  value text not null,
  consent text not null,
  purpose text,
  granted_at timestamp(3) with time zone not null,
  activity integer not null,
  constraint annotator_attributes_dataset_id_activity_activities_dataset_id_ FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint annotator_attributes_dataset_id_annotator_annotators_dataset_id FOREIGN KEY (dataset_id, annotator) REFERENCES annotators(dataset_id, annotator),
  constraint annotator_attributes_dataset_id_annotator_attribute_pk PRIMARY KEY (dataset_id, annotator, attribute)
);

CREATE INDEX annotator_attributes_by_attribute ON public.annotator_attributes USING btree (dataset_id, attribute);

create table annotator_profiles (
  dataset_id integer not null,
  profile integer not null,
  annotator integer not null,
  status text not null,
  expertise jsonb not null,
  languages jsonb not null,
  activity integer not null,
  superseded_by integer,
  constraint annotator_profiles_dataset_id_annotator_annotators_dataset_id_a FOREIGN KEY (dataset_id, annotator) REFERENCES annotators(dataset_id, annotator),
  constraint annotator_profiles_dataset_id_profile_pk PRIMARY KEY (dataset_id, profile)
);

CREATE UNIQUE INDEX annotator_profiles_in_force ON public.annotator_profiles USING btree (dataset_id, annotator) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.annotator_profiles FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.annotator_profiles FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, profile, annotator, status, expertise, languages, activity ON public.annotator_profiles FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.annotator_profiles FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table annotators (
  dataset_id integer not null,
  annotator integer not null,
  key text not null,
  kind text not null,
  agent integer not null,
  activity integer not null,
  constraint annotators_dataset_id_activity_activities_dataset_id_activity_f FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint annotators_dataset_id_agent_agents_dataset_id_agent_fk FOREIGN KEY (dataset_id, agent) REFERENCES agents(dataset_id, agent),
  constraint annotators_dataset_id_annotator_pk PRIMARY KEY (dataset_id, annotator),
  constraint annotators_key UNIQUE (dataset_id, key)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.annotators FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.annotators FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, annotator, key, kind, agent, activity ON public.annotators FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table api_tokens (
  dataset_id integer not null,
  token integer not null,
  principal integer not null,
  label text not null,
  prefix text not null,
  hash bytea not null,
  scopes jsonb,
  dataset_slugs jsonb,
  expires_at timestamp(3) with time zone not null,
  activity integer not null,
  superseded_by integer,
  constraint api_tokens_dataset_id_principal_principals_dataset_id_principal FOREIGN KEY (dataset_id, principal) REFERENCES principals(dataset_id, principal),
  constraint api_tokens_dataset_id_token_pk PRIMARY KEY (dataset_id, token),
  constraint api_tokens_hash_unique UNIQUE (hash)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.api_tokens FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.api_tokens FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, token, principal, label, prefix, hash, scopes, dataset_slugs, expires_at, activity ON public.api_tokens FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.api_tokens FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table audit_signoffs (
  dataset_id integer not null,
  audit_signoff integer not null,
  audit integer not null,
  decision text not null,
  statement bytea not null,
  activity integer not null,
  superseded_by integer,
  constraint audit_signoffs_dataset_id_activity_activities_dataset_id_activi FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint audit_signoffs_dataset_id_audit_audits_dataset_id_audit_fk FOREIGN KEY (dataset_id, audit) REFERENCES audits(dataset_id, audit),
  constraint audit_signoffs_dataset_id_audit_signoff_pk PRIMARY KEY (dataset_id, audit_signoff)
);

CREATE INDEX audit_signoffs_by_audit ON public.audit_signoffs USING btree (dataset_id, audit);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.audit_signoffs FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.audit_signoffs FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, audit_signoff, audit, decision, statement, activity ON public.audit_signoffs FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.audit_signoffs FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table audits (
  dataset_id integer not null,
  audit integer not null,
  title bytea not null,
  as_of integer not null,
  population text not null,
  candidate integer,
  scope_digest bytea not null,
  example_version_count integer not null,
  question jsonb not null,
  families jsonb not null,
  method_version text not null,
  seed double precision not null,
  lexicons jsonb not null,
  numbers bytea not null,
  activity integer not null,
  constraint audits_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint audits_dataset_id_audit_pk PRIMARY KEY (dataset_id, audit)
);

CREATE INDEX audits_by_scope ON public.audits USING btree (dataset_id, scope_digest);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.audits FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.audits FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, audit, title, as_of, population, candidate, scope_digest, example_version_count, question, families, method_version, seed, lexicons, numbers, activity ON public.audits FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table batches (
  dataset_id integer not null,
  batch integer not null,
  key text not null,
  title text not null,
  guideline_version integer,
  activity integer not null,
  constraint batches_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint batches_dataset_id_batch_pk PRIMARY KEY (dataset_id, batch),
  constraint batches_dataset_id_guideline_version_guideline_versions_dataset FOREIGN KEY (dataset_id, guideline_version) REFERENCES guideline_versions(dataset_id, guideline_version),
  constraint batches_key UNIQUE (dataset_id, key)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.batches FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.batches FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, batch, key, title, guideline_version, activity ON public.batches FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table candidate_members (
  dataset_id integer not null,
  candidate integer not null,
  "position" integer not null,
  example_version integer not null,
  split text not null,
  leaf bytea not null,
  facets jsonb not null,
  activity integer not null,
  constraint candidate_members_dataset_id_candidate_candidates_dataset_id_ca FOREIGN KEY (dataset_id, candidate) REFERENCES candidates(dataset_id, candidate),
  constraint candidate_members_dataset_id_candidate_position_pk PRIMARY KEY (dataset_id, candidate, "position"),
  constraint candidate_members_dataset_id_example_version_example_versions_d FOREIGN KEY (dataset_id, example_version) REFERENCES example_versions(dataset_id, example_version),
  constraint candidate_members_once UNIQUE (dataset_id, candidate, example_version)
);

CREATE INDEX candidate_members_by_version ON public.candidate_members USING btree (dataset_id, example_version);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.candidate_members FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.candidate_members FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, candidate, "position", example_version, split, leaf, facets, activity ON public.candidate_members FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table candidates (
  dataset_id integer not null,
  candidate integer not null,
  at integer not null,
  selection jsonb not null,
  member_count integer not null,
  scope_digest bytea not null,
  root bytea not null,
  gates jsonb not null,
  activity integer not null,
  constraint candidates_dataset_id_activity_activities_dataset_id_activity_f FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint candidates_dataset_id_candidate_pk PRIMARY KEY (dataset_id, candidate)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.candidates FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.candidates FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, candidate, at, selection, member_count, scope_digest, root, gates, activity ON public.candidates FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table check_results (
  dataset_id integer not null,
  result integer not null,
  check_run integer not null,
  example_version integer not null,
  status text not null,
  level text not null,
  score double precision,
  findings bytea,
  activity integer not null,
  superseded_by integer,
  constraint check_results_dataset_id_activity_activities_dataset_id_activit FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint check_results_dataset_id_check_run_check_runs_dataset_id_check_ FOREIGN KEY (dataset_id, check_run) REFERENCES check_runs(dataset_id, check_run),
  constraint check_results_dataset_id_example_version_example_versions_datas FOREIGN KEY (dataset_id, example_version) REFERENCES example_versions(dataset_id, example_version),
  constraint check_results_dataset_id_result_pk PRIMARY KEY (dataset_id, result)
);

CREATE INDEX check_results_of_version ON public.check_results USING btree (dataset_id, example_version);

CREATE UNIQUE INDEX check_results_in_force ON public.check_results USING btree (dataset_id, example_version, check_run) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.check_results FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.check_results FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, result, check_run, example_version, status, level, score, findings, activity ON public.check_results FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.check_results FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table check_runs (
  dataset_id integer not null,
  check_run integer not null,
  name text not null,
  version text not null,
  parameters jsonb not null,
  parameters_digest bytea not null,
  activity integer not null,
  constraint check_runs_dataset_id_activity_activities_dataset_id_activity_f FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint check_runs_dataset_id_check_run_pk PRIMARY KEY (dataset_id, check_run),
  constraint check_runs_name UNIQUE (dataset_id, name, version, parameters_digest)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.check_runs FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.check_runs FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, check_run, name, version, parameters, parameters_digest, activity ON public.check_runs FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table clauses (
  dataset_id integer not null,
  clause integer not null,
  guideline_version integer not null,
  number text not null,
  title text not null,
  text bytea not null,
  activity integer not null,
  constraint clauses_dataset_id_clause_pk PRIMARY KEY (dataset_id, clause),
  constraint clauses_dataset_id_guideline_version_guideline_versions_dataset FOREIGN KEY (dataset_id, guideline_version) REFERENCES guideline_versions(dataset_id, guideline_version),
  constraint clauses_number UNIQUE (dataset_id, guideline_version, number)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.clauses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.clauses FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, clause, guideline_version, number, title, text, activity ON public.clauses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table consensus_runs (
  dataset_id integer not null,
  run integer not null,
  key bytea not null,
  criterion_version integer not null,
  as_of integer not null,
  constraint consensus_runs_dataset_id_run_pk PRIMARY KEY (dataset_id, run)
);

CREATE INDEX consensus_runs_by_key ON public.consensus_runs USING btree (dataset_id, key);

create table consensus_values (
  dataset_id integer not null,
  run integer not null,
  example_version integer not null,
  category smallint not null,
  certainty double precision not null,
  ratings integer not null,
  constraint consensus_values_dataset_id_run_consensus_runs_dataset_id_run_f FOREIGN KEY (dataset_id, run) REFERENCES consensus_runs(dataset_id, run) ON DELETE CASCADE,
  constraint consensus_values_dataset_id_run_example_version_pk PRIMARY KEY (dataset_id, run, example_version)
);

create table contents (
  dataset_id integer not null,
  commitment bytea not null,
  salt bytea not null,
  text text not null,
  hash bytea,
  group_key bytea,
  constraint contents_dataset_id_commitment_pk PRIMARY KEY (dataset_id, commitment)
);

CREATE TRIGGER contents_stay BEFORE DELETE ON public.contents FOR EACH ROW EXECUTE FUNCTION assay_refuse_delete_of_content();

CREATE TRIGGER contents_stay_all BEFORE TRUNCATE ON public.contents FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER contents_unchanged BEFORE UPDATE ON public.contents FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table coverage_plan_versions (
  dataset_id integer not null,
  plan_version integer not null,
  version integer not null,
  title text not null,
  plan jsonb not null,
  activity integer not null,
  superseded_by integer,
  constraint coverage_plan_versions_dataset_id_activity_activities_dataset_i FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint coverage_plan_versions_dataset_id_plan_version_pk PRIMARY KEY (dataset_id, plan_version),
  constraint coverage_plan_versions_number UNIQUE (dataset_id, version)
);

CREATE UNIQUE INDEX coverage_plan_versions_latest ON public.coverage_plan_versions USING btree (dataset_id) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.coverage_plan_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.coverage_plan_versions FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, plan_version, version, title, plan, activity ON public.coverage_plan_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.coverage_plan_versions FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table criteria (
  dataset_id integer not null,
  criterion integer not null,
  key text not null,
  activity integer not null,
  constraint criteria_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint criteria_dataset_id_criterion_pk PRIMARY KEY (dataset_id, criterion),
  constraint criteria_key UNIQUE (dataset_id, key)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.criteria FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.criteria FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, criterion, key, activity ON public.criteria FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table criterion_versions (
  dataset_id integer not null,
  criterion_version integer not null,
  criterion integer not null,
  version integer not null,
  question bytea not null,
  level text not null,
  categories jsonb,
  minimum double precision,
  maximum double precision,
  activity integer not null,
  superseded_by integer,
  constraint criterion_versions_dataset_id_activity_activities_dataset_id_ac FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint criterion_versions_dataset_id_criterion_criteria_dataset_id_cri FOREIGN KEY (dataset_id, criterion) REFERENCES criteria(dataset_id, criterion),
  constraint criterion_versions_dataset_id_criterion_version_pk PRIMARY KEY (dataset_id, criterion_version),
  constraint criterion_versions_number UNIQUE (dataset_id, criterion, version)
);

CREATE UNIQUE INDEX criterion_versions_latest ON public.criterion_versions USING btree (dataset_id, criterion) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.criterion_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.criterion_versions FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, criterion_version, criterion, version, question, level, categories, minimum, maximum, activity ON public.criterion_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.criterion_versions FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table datasets (
  dataset_id integer not null,
  uid uuid not null,
  slug text not null,
  title text not null,
  head integer not null default 0,
  head_digest bytea not null,
  head_at timestamp(3) with time zone not null,
  counters jsonb not null default '{}'::jsonb,
  constraint datasets_pkey PRIMARY KEY (dataset_id),
  constraint datasets_slug_unique UNIQUE (slug),
  constraint datasets_uid_unique UNIQUE (uid)
);

create table decision_clauses (
  dataset_id integer not null,
  decision integer not null,
  clause integer not null,
  activity integer not null,
  constraint decision_clauses_dataset_id_clause_clauses_dataset_id_clause_fk FOREIGN KEY (dataset_id, clause) REFERENCES clauses(dataset_id, clause),
  constraint decision_clauses_dataset_id_decision_clause_pk PRIMARY KEY (dataset_id, decision, clause),
  constraint decision_clauses_dataset_id_decision_decisions_dataset_id_decis FOREIGN KEY (dataset_id, decision) REFERENCES decisions(dataset_id, decision)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.decision_clauses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.decision_clauses FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, decision, clause, activity ON public.decision_clauses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table decisions (
  dataset_id integer not null,
  decision integer not null,
  example_version integer not null,
  verdict text not null,
  reason bytea,
  activity integer not null,
  superseded_by integer,
  constraint decisions_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint decisions_dataset_id_decision_pk PRIMARY KEY (dataset_id, decision),
  constraint decisions_dataset_id_example_version_example_versions_dataset_i FOREIGN KEY (dataset_id, example_version) REFERENCES example_versions(dataset_id, example_version)
);

CREATE INDEX decisions_by_activity ON public.decisions USING btree (dataset_id, activity);

CREATE INDEX decisions_by_end ON public.decisions USING btree (dataset_id, superseded_by) WHERE (superseded_by IS NOT NULL);

CREATE INDEX decisions_by_version ON public.decisions USING btree (dataset_id, example_version);

CREATE UNIQUE INDEX decisions_in_force ON public.decisions USING btree (dataset_id, example_version) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.decisions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.decisions FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, decision, example_version, verdict, reason, activity ON public.decisions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.decisions FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table derivations (
  dataset_id integer not null,
  example_version integer not null,
  parent integer not null,
  kind text not null,
  activity integer not null,
  constraint derivations_dataset_id_example_version_example_versions_dataset FOREIGN KEY (dataset_id, example_version) REFERENCES example_versions(dataset_id, example_version),
  constraint derivations_dataset_id_example_version_parent_pk PRIMARY KEY (dataset_id, example_version, parent),
  constraint derivations_dataset_id_parent_example_versions_dataset_id_examp FOREIGN KEY (dataset_id, parent) REFERENCES example_versions(dataset_id, example_version)
);

CREATE INDEX derivations_by_parent ON public.derivations USING btree (dataset_id, parent);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.derivations FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.derivations FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, example_version, parent, kind, activity ON public.derivations FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table erasures (
  dataset_id integer not null,
  erasure integer not null,
  commitment bytea not null,
  noun text not null,
  id integer not null,
  reason text not null,
  activity integer not null,
  constraint erasures_dataset_id_erasure_pk PRIMARY KEY (dataset_id, erasure),
  constraint erasures_once UNIQUE (dataset_id, commitment)
);

CREATE INDEX erasures_by_thing ON public.erasures USING btree (dataset_id, noun, id);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.erasures FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.erasures FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, erasure, commitment, noun, id, reason, activity ON public.erasures FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table example_versions (
  dataset_id integer not null,
  example_version integer not null,
  example integer not null,
  version integer not null,
  content bytea not null,
  source integer not null,
  author integer,
  batch integer,
  language text,
  turn_count integer not null,
  prompt_words integer not null,
  response_words integer not null,
  activity integer not null,
  superseded_by integer,
  constraint example_versions_dataset_id_activity_activities_dataset_id_acti FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint example_versions_dataset_id_author_annotators_dataset_id_annota FOREIGN KEY (dataset_id, author) REFERENCES annotators(dataset_id, annotator),
  constraint example_versions_dataset_id_batch_batches_dataset_id_batch_fk FOREIGN KEY (dataset_id, batch) REFERENCES batches(dataset_id, batch),
  constraint example_versions_dataset_id_example_examples_dataset_id_example FOREIGN KEY (dataset_id, example) REFERENCES examples(dataset_id, example),
  constraint example_versions_dataset_id_example_version_pk PRIMARY KEY (dataset_id, example_version),
  constraint example_versions_dataset_id_source_sources_dataset_id_source_fk FOREIGN KEY (dataset_id, source) REFERENCES sources(dataset_id, source),
  constraint example_versions_number UNIQUE (dataset_id, example, version)
);

CREATE INDEX example_versions_by_activity ON public.example_versions USING btree (dataset_id, activity);

CREATE INDEX example_versions_by_content ON public.example_versions USING btree (dataset_id, content);

CREATE INDEX example_versions_by_end ON public.example_versions USING btree (dataset_id, superseded_by) WHERE (superseded_by IS NOT NULL);

CREATE UNIQUE INDEX example_versions_latest ON public.example_versions USING btree (dataset_id, example) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.example_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.example_versions FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, example_version, example, version, content, source, author, batch, language, turn_count, prompt_words, response_words, activity ON public.example_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.example_versions FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table examples (
  dataset_id integer not null,
  example integer not null,
  external_id text not null,
  activity integer not null,
  constraint examples_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint examples_dataset_id_example_pk PRIMARY KEY (dataset_id, example),
  constraint examples_external_id UNIQUE (dataset_id, external_id)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.examples FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.examples FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, example, external_id, activity ON public.examples FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table external_analyses (
  dataset_id integer not null,
  external_analysis integer not null,
  audit integer,
  as_of integer not null,
  population text not null,
  candidate integer,
  file_digest bytea,
  analysis bytea not null,
  activity integer not null,
  constraint external_analyses_dataset_id_activity_activities_dataset_id_act FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint external_analyses_dataset_id_audit_audits_dataset_id_audit_fk FOREIGN KEY (dataset_id, audit) REFERENCES audits(dataset_id, audit),
  constraint external_analyses_dataset_id_external_analysis_pk PRIMARY KEY (dataset_id, external_analysis)
);

CREATE INDEX external_analyses_by_audit ON public.external_analyses USING btree (dataset_id, audit);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.external_analyses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.external_analyses FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, external_analysis, audit, as_of, population, candidate, file_digest, analysis, activity ON public.external_analyses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table feedback (
  dataset_id integer not null,
  feedback integer not null,
  annotator integer not null,
  criterion_version integer not null,
  as_of integer not null,
  report bytea not null,
  activity integer not null,
  constraint feedback_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint feedback_dataset_id_annotator_annotators_dataset_id_annotator_f FOREIGN KEY (dataset_id, annotator) REFERENCES annotators(dataset_id, annotator),
  constraint feedback_dataset_id_criterion_version_criterion_versions_datase FOREIGN KEY (dataset_id, criterion_version) REFERENCES criterion_versions(dataset_id, criterion_version),
  constraint feedback_dataset_id_feedback_pk PRIMARY KEY (dataset_id, feedback)
);

CREATE INDEX feedback_by_annotator ON public.feedback USING btree (dataset_id, annotator);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.feedback FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.feedback FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, feedback, annotator, criterion_version, as_of, report, activity ON public.feedback FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table feedback_acknowledgements (
  dataset_id integer not null,
  acknowledgement integer not null,
  feedback integer not null,
  comment bytea,
  activity integer not null,
  constraint feedback_acknowledgements_dataset_id_acknowledgement_pk PRIMARY KEY (dataset_id, acknowledgement),
  constraint feedback_acknowledgements_dataset_id_activity_activities_datase FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint feedback_acknowledgements_dataset_id_feedback_feedback_dataset_ FOREIGN KEY (dataset_id, feedback) REFERENCES feedback(dataset_id, feedback)
);

CREATE UNIQUE INDEX feedback_acknowledged_once ON public.feedback_acknowledgements USING btree (dataset_id, feedback);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.feedback_acknowledgements FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.feedback_acknowledgements FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, acknowledgement, feedback, comment, activity ON public.feedback_acknowledgements FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table finding_statuses (
  dataset_id integer not null,
  finding_status integer not null,
  finding integer not null,
  status text not null,
  reason bytea not null,
  clause integer,
  activity integer not null,
  superseded_by integer,
  constraint finding_statuses_dataset_id_activity_activities_dataset_id_acti FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint finding_statuses_dataset_id_clause_clauses_dataset_id_clause_fk FOREIGN KEY (dataset_id, clause) REFERENCES clauses(dataset_id, clause),
  constraint finding_statuses_dataset_id_finding_findings_dataset_id_finding FOREIGN KEY (dataset_id, finding) REFERENCES findings(dataset_id, finding),
  constraint finding_statuses_dataset_id_finding_status_pk PRIMARY KEY (dataset_id, finding_status)
);

CREATE INDEX finding_statuses_by_finding ON public.finding_statuses USING btree (dataset_id, finding);

CREATE UNIQUE INDEX finding_statuses_in_force ON public.finding_statuses USING btree (dataset_id, finding) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.finding_statuses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.finding_statuses FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, finding_status, finding, status, reason, clause, activity ON public.finding_statuses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.finding_statuses FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table findings (
  dataset_id integer not null,
  finding integer not null,
  audit integer not null,
  test_key text not null,
  severity text not null,
  activity integer not null,
  constraint findings_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint findings_dataset_id_audit_audits_dataset_id_audit_fk FOREIGN KEY (dataset_id, audit) REFERENCES audits(dataset_id, audit),
  constraint findings_dataset_id_finding_pk PRIMARY KEY (dataset_id, finding)
);

CREATE UNIQUE INDEX findings_once ON public.findings USING btree (dataset_id, audit, test_key);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.findings FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.findings FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, finding, audit, test_key, severity, activity ON public.findings FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table gold_values (
  dataset_id integer not null,
  gold integer not null,
  criterion_version integer not null,
  example_version integer not null,
  category integer,
  score double precision,
  tolerance double precision not null,
  rationale bytea,
  activity integer not null,
  superseded_by integer,
  constraint gold_values_dataset_id_activity_activities_dataset_id_activity_ FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint gold_values_dataset_id_criterion_version_criterion_versions_dat FOREIGN KEY (dataset_id, criterion_version) REFERENCES criterion_versions(dataset_id, criterion_version),
  constraint gold_values_dataset_id_example_version_example_versions_dataset FOREIGN KEY (dataset_id, example_version) REFERENCES example_versions(dataset_id, example_version),
  constraint gold_values_dataset_id_gold_pk PRIMARY KEY (dataset_id, gold)
);

CREATE UNIQUE INDEX gold_values_in_force ON public.gold_values USING btree (dataset_id, criterion_version, example_version) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.gold_values FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.gold_values FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, gold, criterion_version, example_version, category, score, tolerance, rationale, activity ON public.gold_values FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.gold_values FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table guideline_criteria (
  dataset_id integer not null,
  guideline_version integer not null,
  criterion_version integer not null,
  activity integer not null,
  constraint guideline_criteria_dataset_id_criterion_version_criterion_versi FOREIGN KEY (dataset_id, criterion_version) REFERENCES criterion_versions(dataset_id, criterion_version),
  constraint guideline_criteria_dataset_id_guideline_version_criterion_versi PRIMARY KEY (dataset_id, guideline_version, criterion_version),
  constraint guideline_criteria_dataset_id_guideline_version_guideline_versi FOREIGN KEY (dataset_id, guideline_version) REFERENCES guideline_versions(dataset_id, guideline_version)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.guideline_criteria FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.guideline_criteria FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, guideline_version, criterion_version, activity ON public.guideline_criteria FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table guideline_versions (
  dataset_id integer not null,
  guideline_version integer not null,
  guideline integer not null,
  version text not null,
  title text not null,
  change_note bytea,
  requires_qualification boolean not null,
  activity integer not null,
  superseded_by integer,
  constraint guideline_versions_dataset_id_activity_activities_dataset_id_ac FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint guideline_versions_dataset_id_guideline_guidelines_dataset_id_g FOREIGN KEY (dataset_id, guideline) REFERENCES guidelines(dataset_id, guideline),
  constraint guideline_versions_dataset_id_guideline_version_pk PRIMARY KEY (dataset_id, guideline_version),
  constraint guideline_versions_version UNIQUE (dataset_id, guideline, version)
);

CREATE UNIQUE INDEX guideline_versions_latest ON public.guideline_versions USING btree (dataset_id, guideline) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.guideline_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.guideline_versions FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, guideline_version, guideline, version, title, change_note, requires_qualification, activity ON public.guideline_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.guideline_versions FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table guidelines (
  dataset_id integer not null,
  guideline integer not null,
  key text not null,
  activity integer not null,
  constraint guidelines_dataset_id_activity_activities_dataset_id_activity_f FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint guidelines_dataset_id_guideline_pk PRIMARY KEY (dataset_id, guideline),
  constraint guidelines_key UNIQUE (dataset_id, key)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.guidelines FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.guidelines FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, guideline, key, activity ON public.guidelines FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table histogram (
  dataset_id integer not null,
  criterion_version integer not null,
  counts bytea not null,
  units integer not null,
  constraint histogram_dataset_id_criterion_version_counts_pk PRIMARY KEY (dataset_id, criterion_version, counts)
);

create table illustrations (
  dataset_id integer not null,
  illustration integer not null,
  clause integer not null,
  kind text not null,
  text bytea not null,
  note bytea,
  activity integer not null,
  constraint illustrations_dataset_id_clause_clauses_dataset_id_clause_fk FOREIGN KEY (dataset_id, clause) REFERENCES clauses(dataset_id, clause),
  constraint illustrations_dataset_id_illustration_pk PRIMARY KEY (dataset_id, illustration)
);

CREATE INDEX illustrations_by_clause ON public.illustrations USING btree (dataset_id, clause);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.illustrations FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.illustrations FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, illustration, clause, kind, text, note, activity ON public.illustrations FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table jobs (
  dataset_id integer not null,
  job integer not null,
  kind text not null,
  key bytea not null,
  as_of integer not null,
  population text not null,
  candidate integer,
  question jsonb not null,
  state text not null,
  progress double precision not null default 0,
  step text not null default ''::text,
  problem text,
  principal_uid uuid not null,
  cancel_requested boolean not null default false,
  attempts integer not null default 0,
  runner uuid,
  heard_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null default now(),
  started_at timestamp(3) with time zone,
  finished_at timestamp(3) with time zone,
  constraint jobs_dataset_id_job_pk PRIMARY KEY (dataset_id, job)
);

CREATE INDEX jobs_waiting ON public.jobs USING btree (job) WHERE (state = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]));

CREATE UNIQUE INDEX jobs_open_once ON public.jobs USING btree (dataset_id, key) WHERE (state = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text]));

create table kept_reports (
  dataset_id integer not null,
  key bytea not null,
  kind text not null,
  as_of integer not null,
  report text not null,
  milliseconds double precision not null,
  made_at timestamp(3) with time zone not null default now(),
  constraint kept_reports_dataset_id_key_pk PRIMARY KEY (dataset_id, key)
);

create table labels (
  dataset_id integer not null,
  label integer not null,
  example_version integer not null,
  dimension text not null,
  value text not null,
  method text not null,
  confidence double precision,
  activity integer not null,
  superseded_by integer,
  constraint labels_dataset_id_example_version_example_versions_dataset_id_e FOREIGN KEY (dataset_id, example_version) REFERENCES example_versions(dataset_id, example_version),
  constraint labels_dataset_id_label_pk PRIMARY KEY (dataset_id, label)
);

CREATE INDEX labels_by_activity ON public.labels USING btree (dataset_id, activity);

CREATE INDEX labels_by_dimension ON public.labels USING btree (dataset_id, dimension, value);

CREATE INDEX labels_by_end ON public.labels USING btree (dataset_id, superseded_by) WHERE (superseded_by IS NOT NULL);

CREATE INDEX labels_by_version ON public.labels USING btree (dataset_id, example_version);

CREATE UNIQUE INDEX labels_in_force ON public.labels USING btree (dataset_id, example_version, dimension, value) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.labels FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.labels FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, label, example_version, dimension, value, method, confidence, activity ON public.labels FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.labels FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table lexicon_versions (
  dataset_id integer not null,
  lexicon_version integer not null,
  key text not null,
  version integer not null,
  title text not null,
  language text not null,
  licence text not null,
  checksum bytea not null,
  entry_count integer not null,
  kinds jsonb not null,
  credit bytea not null,
  pack bytea not null,
  activity integer not null,
  superseded_by integer,
  constraint lexicon_versions_dataset_id_activity_activities_dataset_id_acti FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint lexicon_versions_dataset_id_lexicon_version_pk PRIMARY KEY (dataset_id, lexicon_version),
  constraint lexicon_versions_number UNIQUE (dataset_id, key, version)
);

CREATE UNIQUE INDEX lexicon_versions_latest ON public.lexicon_versions USING btree (dataset_id, key) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.lexicon_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.lexicon_versions FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, lexicon_version, key, version, title, language, licence, checksum, entry_count, kinds, credit, pack, activity ON public.lexicon_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.lexicon_versions FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table long_table_exports (
  dataset_id integer not null,
  long_table_export integer not null,
  as_of integer not null,
  population text not null,
  candidate integer,
  criterion_version integer not null,
  attribute text not null,
  row_count integer not null,
  rater_count integer not null,
  left_out_row_count integer not null,
  left_out_rater_count integer not null,
  key bytea not null,
  activity integer not null,
  constraint long_table_exports_dataset_id_activity_activities_dataset_id_ac FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint long_table_exports_dataset_id_criterion_version_criterion_versi FOREIGN KEY (dataset_id, criterion_version) REFERENCES criterion_versions(dataset_id, criterion_version),
  constraint long_table_exports_dataset_id_long_table_export_pk PRIMARY KEY (dataset_id, long_table_export)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.long_table_exports FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.long_table_exports FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, long_table_export, as_of, population, candidate, criterion_version, attribute, row_count, rater_count, left_out_row_count, left_out_rater_count, key, activity ON public.long_table_exports FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table measures (
  dataset_id integer not null,
  example_version integer not null,
  content bytea not null,
  method smallint not null,
  characters integer not null,
  format text[] not null,
  band_keys bigint[] not null,
  shingles integer not null,
  words_key bigint not null,
  sentences integer not null,
  bullets integer not null,
  headings integer not null,
  bold integer not null,
  hedges integer not null,
  sycophantic_openings integer not null,
  apologies integer not null,
  refusals integer not null,
  exclamation_marks integer not null,
  question_marks integer not null,
  emoji integer not null,
  em_dashes integer not null,
  constraint measures_dataset_id_content_contents_dataset_id_commitment_fk FOREIGN KEY (dataset_id, content) REFERENCES contents(dataset_id, commitment) ON DELETE CASCADE,
  constraint measures_dataset_id_example_version_pk PRIMARY KEY (dataset_id, example_version)
);

CREATE INDEX measures_by_band_key ON public.measures USING gin (band_keys) WITH (fastupdate='false');

CREATE INDEX measures_by_content ON public.measures USING btree (dataset_id, content);

create table members (
  dataset_id integer not null,
  member integer not null,
  registration integer not null,
  principal integer not null,
  role text not null,
  activity integer not null,
  superseded_by integer,
  constraint members_dataset_id_member_pk PRIMARY KEY (dataset_id, member),
  constraint members_dataset_id_principal_principals_dataset_id_principal_fk FOREIGN KEY (dataset_id, principal) REFERENCES principals(dataset_id, principal)
);

CREATE UNIQUE INDEX members_in_force ON public.members USING btree (dataset_id, registration, principal) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.members FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.members FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, member, registration, principal, role, activity ON public.members FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.members FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table people (
  dataset_id integer not null,
  principal integer not null,
  name text,
  contact text,
  constraint people_dataset_id_principal_pk PRIMARY KEY (dataset_id, principal),
  constraint people_dataset_id_principal_principals_dataset_id_principal_fk FOREIGN KEY (dataset_id, principal) REFERENCES principals(dataset_id, principal)
);

create table principals (
  dataset_id integer not null,
  principal integer not null,
  uid uuid not null,
  key text not null,
  kind text not null,
  issuer text,
  subject text,
  activity integer not null,
  constraint principals_dataset_id_principal_pk PRIMARY KEY (dataset_id, principal),
  constraint principals_key UNIQUE (dataset_id, key),
  constraint principals_subject UNIQUE (dataset_id, issuer, subject),
  constraint principals_uid_unique UNIQUE (uid)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.principals FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.principals FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, principal, uid, key, kind, issuer, subject, activity ON public.principals FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table qualifications (
  dataset_id integer not null,
  qualification integer not null,
  annotator integer not null,
  guideline_version integer not null,
  activity integer not null,
  superseded_by integer,
  constraint qualifications_dataset_id_annotator_annotators_dataset_id_annot FOREIGN KEY (dataset_id, annotator) REFERENCES annotators(dataset_id, annotator),
  constraint qualifications_dataset_id_guideline_version_guideline_versions_ FOREIGN KEY (dataset_id, guideline_version) REFERENCES guideline_versions(dataset_id, guideline_version),
  constraint qualifications_dataset_id_qualification_pk PRIMARY KEY (dataset_id, qualification)
);

CREATE UNIQUE INDEX qualifications_in_force ON public.qualifications USING btree (dataset_id, annotator, guideline_version) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.qualifications FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.qualifications FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, qualification, annotator, guideline_version, activity ON public.qualifications FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.qualifications FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table rater_tallies (
  dataset_id integer not null,
  criterion_version integer not null,
  annotator integer not null,
  ratings integer not null,
  constraint rater_tallies_dataset_id_criterion_version_annotator_pk PRIMARY KEY (dataset_id, criterion_version, annotator)
);

create table ratings (
  dataset_id integer not null,
  rating integer not null,
  criterion_version integer not null,
  example_version integer not null,
  annotator integer not null,
  guideline_version integer not null,
  category integer,
  score double precision,
  stratum text not null,
  repeat integer not null,
  batch integer,
  seconds double precision,
  occurred_at timestamp(3) with time zone,
  rationale bytea,
  activity integer not null,
  superseded_by integer,
  constraint ratings_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint ratings_dataset_id_annotator_annotators_dataset_id_annotator_fk FOREIGN KEY (dataset_id, annotator) REFERENCES annotators(dataset_id, annotator),
  constraint ratings_dataset_id_batch_batches_dataset_id_batch_fk FOREIGN KEY (dataset_id, batch) REFERENCES batches(dataset_id, batch),
  constraint ratings_dataset_id_criterion_version_criterion_versions_dataset FOREIGN KEY (dataset_id, criterion_version) REFERENCES criterion_versions(dataset_id, criterion_version),
  constraint ratings_dataset_id_example_version_example_versions_dataset_id_ FOREIGN KEY (dataset_id, example_version) REFERENCES example_versions(dataset_id, example_version),
  constraint ratings_dataset_id_guideline_version_guideline_versions_dataset FOREIGN KEY (dataset_id, guideline_version) REFERENCES guideline_versions(dataset_id, guideline_version),
  constraint ratings_dataset_id_rating_pk PRIMARY KEY (dataset_id, rating)
);

CREATE INDEX ratings_by_activity ON public.ratings USING btree (dataset_id, activity);

CREATE INDEX ratings_by_end ON public.ratings USING btree (dataset_id, superseded_by) WHERE (superseded_by IS NOT NULL);

CREATE INDEX ratings_by_example_version ON public.ratings USING btree (dataset_id, example_version);

CREATE UNIQUE INDEX ratings_in_force ON public.ratings USING btree (dataset_id, criterion_version, example_version, annotator) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.ratings FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.ratings FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, rating, criterion_version, example_version, annotator, guideline_version, category, score, stratum, repeat, batch, seconds, occurred_at, rationale, activity ON public.ratings FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.ratings FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table registrations (
  dataset_id integer not null,
  registration integer not null,
  uid uuid not null,
  slug text not null,
  title text not null,
  activity integer not null,
  constraint registrations_dataset_id_registration_pk PRIMARY KEY (dataset_id, registration)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.registrations FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.registrations FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, registration, uid, slug, title, activity ON public.registrations FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table release_statuses (
  dataset_id integer not null,
  release_status integer not null,
  release integer not null,
  status text not null,
  reason text,
  activity integer not null,
  superseded_by integer,
  constraint release_statuses_dataset_id_release_releases_dataset_id_release FOREIGN KEY (dataset_id, release) REFERENCES releases(dataset_id, release),
  constraint release_statuses_dataset_id_release_status_pk PRIMARY KEY (dataset_id, release_status)
);

CREATE UNIQUE INDEX release_statuses_in_force ON public.release_statuses USING btree (dataset_id, release) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.release_statuses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.release_statuses FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, release_status, release, status, reason, activity ON public.release_statuses FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.release_statuses FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table releases (
  dataset_id integer not null,
  release integer not null,
  version text not null,
  candidate integer not null,
  digest bytea not null,
  notes bytea,
  activity integer not null,
  constraint releases_candidate UNIQUE (dataset_id, candidate),
  constraint releases_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint releases_dataset_id_candidate_candidates_dataset_id_candidate_f FOREIGN KEY (dataset_id, candidate) REFERENCES candidates(dataset_id, candidate),
  constraint releases_dataset_id_release_pk PRIMARY KEY (dataset_id, release),
  constraint releases_version UNIQUE (dataset_id, version)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.releases FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.releases FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, release, version, candidate, digest, notes, activity ON public.releases FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table source_versions (
  dataset_id integer not null,
  source_version integer not null,
  source integer not null,
  title text not null,
  licence text,
  terms bytea,
  contact bytea,
  details jsonb not null,
  activity integer not null,
  superseded_by integer,
  constraint source_versions_dataset_id_activity_activities_dataset_id_activ FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint source_versions_dataset_id_source_sources_dataset_id_source_fk FOREIGN KEY (dataset_id, source) REFERENCES sources(dataset_id, source),
  constraint source_versions_dataset_id_source_version_pk PRIMARY KEY (dataset_id, source_version)
);

CREATE UNIQUE INDEX source_versions_in_force ON public.source_versions USING btree (dataset_id, source) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.source_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.source_versions FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, source_version, source, title, licence, terms, contact, details, activity ON public.source_versions FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.source_versions FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

create table sources (
  dataset_id integer not null,
  source integer not null,
  key text not null,
  kind text not null,
  activity integer not null,
  constraint sources_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint sources_dataset_id_source_pk PRIMARY KEY (dataset_id, source),
  constraint sources_key UNIQUE (dataset_id, key)
);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.sources FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.sources FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, source, key, kind, activity ON public.sources FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table tallies (
  dataset_id integer not null,
  criterion_version integer not null,
  example_version integer not null,
  counts bytea,
  n integer not null,
  sum double precision,
  sum_of_squares double precision,
  constraint tallies_dataset_id_criterion_version_example_version_pk PRIMARY KEY (dataset_id, criterion_version, example_version)
);

CREATE INDEX tallies_by_example_version ON public.tallies USING btree (dataset_id, example_version);

create table usages (
  dataset_id integer not null,
  activity integer not null,
  noun text not null,
  id integer not null,
  constraint usages_dataset_id_activity_noun_id_pk PRIMARY KEY (dataset_id, activity, noun, id)
);

CREATE INDEX usages_by_thing ON public.usages USING btree (dataset_id, noun, id);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.usages FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.usages FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, activity, noun, id ON public.usages FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

create table waivers (
  dataset_id integer not null,
  waiver integer not null,
  finding integer not null,
  reason bytea not null,
  mitigation bytea,
  expires_at timestamp(3) with time zone not null,
  activity integer not null,
  superseded_by integer,
  constraint waivers_dataset_id_activity_activities_dataset_id_activity_fk FOREIGN KEY (dataset_id, activity) REFERENCES activities(dataset_id, activity),
  constraint waivers_dataset_id_finding_findings_dataset_id_finding_fk FOREIGN KEY (dataset_id, finding) REFERENCES findings(dataset_id, finding),
  constraint waivers_dataset_id_waiver_pk PRIMARY KEY (dataset_id, waiver)
);

CREATE INDEX waivers_by_finding ON public.waivers USING btree (dataset_id, finding);

CREATE UNIQUE INDEX waivers_in_force ON public.waivers USING btree (dataset_id, finding) WHERE (superseded_by IS NULL);

CREATE TRIGGER facts_stay BEFORE DELETE ON public.waivers FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_stay_all BEFORE TRUNCATE ON public.waivers FOR EACH STATEMENT EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER facts_unchanged BEFORE UPDATE OF dataset_id, waiver, finding, reason, mitigation, expires_at, activity ON public.waivers FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();

CREATE TRIGGER superseded_once BEFORE UPDATE OF superseded_by ON public.waivers FOR EACH ROW WHEN (((old.superseded_by IS NOT NULL) OR (new.superseded_by IS NULL))) EXECUTE FUNCTION assay_refuse_change();

CREATE OR REPLACE FUNCTION public.assay_grant(role_name text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION public.assay_protect(fact regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  others text;
  supersedable boolean;
begin
  select string_agg(quote_ident(attname), ', ') filter (where attname <> 'superseded_by'), bool_or(attname = 'superseded_by')
    into others, supersedable
    from pg_attribute where attrelid = fact and attnum > 0 and not attisdropped;
  execute format('create trigger facts_stay before delete on %s for each row execute function assay_refuse_change()', fact);
  execute format('create trigger facts_stay_all before truncate on %s for each statement execute function assay_refuse_change()', fact);
  execute format('create trigger facts_unchanged before update of %s on %s for each row execute function assay_refuse_change()', others, fact);
  if supersedable then
    execute format('create trigger superseded_once before update of superseded_by on %s for each row
      when (old.superseded_by is not null or new.superseded_by is null) execute function assay_refuse_change()', fact);
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION public.assay_refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% on %: facts are only added', tg_op, tg_table_name using errcode = 'integrity_constraint_violation';
end $function$
;

CREATE OR REPLACE FUNCTION public.assay_refuse_delete_of_content()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (select from public.erasures e where e.dataset_id = old.dataset_id and e.commitment = old.commitment) then
    raise exception 'contents are deleted only by an erasure' using errcode = 'integrity_constraint_violation';
  end if;
  return old;
end $function$
;
