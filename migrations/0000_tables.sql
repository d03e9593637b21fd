CREATE TABLE "activities" (
	"dataset_id" integer NOT NULL,
	"activity" integer NOT NULL,
	"kind" text NOT NULL,
	"agent" integer NOT NULL,
	"token" integer,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"request_key" text,
	"request_digest" "bytea",
	"message" "bytea",
	"outcome" jsonb NOT NULL,
	"rows_digest" "bytea" NOT NULL,
	"previous_digest" "bytea" NOT NULL,
	"digest" "bytea" NOT NULL,
	CONSTRAINT "activities_dataset_id_activity_pk" PRIMARY KEY("dataset_id","activity"),
	CONSTRAINT "activities_no_fork" UNIQUE("dataset_id","previous_digest")
);
--> statement-breakpoint
CREATE TABLE "agents" (
	"dataset_id" integer NOT NULL,
	"agent" integer NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"principal_uid" uuid,
	"activity" integer NOT NULL,
	CONSTRAINT "agents_dataset_id_agent_pk" PRIMARY KEY("dataset_id","agent")
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"dataset_id" integer NOT NULL,
	"token" integer NOT NULL,
	"principal" integer NOT NULL,
	"label" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"scopes" jsonb,
	"dataset_slugs" jsonb,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "api_tokens_dataset_id_token_pk" PRIMARY KEY("dataset_id","token"),
	CONSTRAINT "api_tokens_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "contents" (
	"dataset_id" integer NOT NULL,
	"commitment" "bytea" NOT NULL,
	"salt" "bytea" NOT NULL,
	"text" text NOT NULL,
	"hash" "bytea",
	"group_key" "bytea",
	CONSTRAINT "contents_dataset_id_commitment_pk" PRIMARY KEY("dataset_id","commitment")
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"dataset_id" integer PRIMARY KEY NOT NULL,
	"uid" uuid NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"head" integer DEFAULT 0 NOT NULL,
	"head_digest" "bytea" NOT NULL,
	"head_at" timestamp (3) with time zone NOT NULL,
	"counters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "datasets_uid_unique" UNIQUE("uid"),
	CONSTRAINT "datasets_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"dataset_id" integer NOT NULL,
	"erasure" integer NOT NULL,
	"commitment" "bytea" NOT NULL,
	"noun" text NOT NULL,
	"id" integer NOT NULL,
	"reason" text NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "erasures_dataset_id_erasure_pk" PRIMARY KEY("dataset_id","erasure"),
	CONSTRAINT "erasures_once" UNIQUE("dataset_id","commitment")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"dataset_id" integer NOT NULL,
	"member" integer NOT NULL,
	"registration" integer NOT NULL,
	"principal" integer NOT NULL,
	"role" text NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "members_dataset_id_member_pk" PRIMARY KEY("dataset_id","member")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"dataset_id" integer NOT NULL,
	"principal" integer NOT NULL,
	"name" text,
	"contact" text,
	CONSTRAINT "people_dataset_id_principal_pk" PRIMARY KEY("dataset_id","principal")
);
--> statement-breakpoint
CREATE TABLE "principals" (
	"dataset_id" integer NOT NULL,
	"principal" integer NOT NULL,
	"uid" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"issuer" text,
	"subject" text,
	"activity" integer NOT NULL,
	CONSTRAINT "principals_dataset_id_principal_pk" PRIMARY KEY("dataset_id","principal"),
	CONSTRAINT "principals_uid_unique" UNIQUE("uid"),
	CONSTRAINT "principals_key" UNIQUE("dataset_id","key"),
	CONSTRAINT "principals_subject" UNIQUE("dataset_id","issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"dataset_id" integer NOT NULL,
	"registration" integer NOT NULL,
	"uid" uuid NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "registrations_dataset_id_registration_pk" PRIMARY KEY("dataset_id","registration")
);
--> statement-breakpoint
CREATE TABLE "usages" (
	"dataset_id" integer NOT NULL,
	"activity" integer NOT NULL,
	"noun" text NOT NULL,
	"id" integer NOT NULL,
	CONSTRAINT "usages_dataset_id_activity_noun_id_pk" PRIMARY KEY("dataset_id","activity","noun","id")
);
--> statement-breakpoint
CREATE TABLE "annotator_profiles" (
	"dataset_id" integer NOT NULL,
	"profile" integer NOT NULL,
	"annotator" integer NOT NULL,
	"status" text NOT NULL,
	"expertise" jsonb NOT NULL,
	"languages" jsonb NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "annotator_profiles_dataset_id_profile_pk" PRIMARY KEY("dataset_id","profile")
);
--> statement-breakpoint
CREATE TABLE "annotators" (
	"dataset_id" integer NOT NULL,
	"annotator" integer NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"agent" integer NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "annotators_dataset_id_annotator_pk" PRIMARY KEY("dataset_id","annotator"),
	CONSTRAINT "annotators_key" UNIQUE("dataset_id","key")
);
--> statement-breakpoint
CREATE TABLE "qualifications" (
	"dataset_id" integer NOT NULL,
	"qualification" integer NOT NULL,
	"annotator" integer NOT NULL,
	"guideline_version" integer NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "qualifications_dataset_id_qualification_pk" PRIMARY KEY("dataset_id","qualification")
);
--> statement-breakpoint
CREATE TABLE "coverage_plan_versions" (
	"dataset_id" integer NOT NULL,
	"plan_version" integer NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"plan" jsonb NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "coverage_plan_versions_dataset_id_plan_version_pk" PRIMARY KEY("dataset_id","plan_version"),
	CONSTRAINT "coverage_plan_versions_number" UNIQUE("dataset_id","version")
);
--> statement-breakpoint
CREATE TABLE "decision_clauses" (
	"dataset_id" integer NOT NULL,
	"decision" integer NOT NULL,
	"clause" integer NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "decision_clauses_dataset_id_decision_clause_pk" PRIMARY KEY("dataset_id","decision","clause")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"dataset_id" integer NOT NULL,
	"decision" integer NOT NULL,
	"example_version" integer NOT NULL,
	"verdict" text NOT NULL,
	"reason" "bytea",
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "decisions_dataset_id_decision_pk" PRIMARY KEY("dataset_id","decision")
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"dataset_id" integer NOT NULL,
	"batch" integer NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"guideline_version" integer,
	"activity" integer NOT NULL,
	CONSTRAINT "batches_dataset_id_batch_pk" PRIMARY KEY("dataset_id","batch"),
	CONSTRAINT "batches_key" UNIQUE("dataset_id","key")
);
--> statement-breakpoint
CREATE TABLE "derivations" (
	"dataset_id" integer NOT NULL,
	"example_version" integer NOT NULL,
	"parent" integer NOT NULL,
	"kind" text NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "derivations_dataset_id_example_version_parent_pk" PRIMARY KEY("dataset_id","example_version","parent")
);
--> statement-breakpoint
CREATE TABLE "example_versions" (
	"dataset_id" integer NOT NULL,
	"example_version" integer NOT NULL,
	"example" integer NOT NULL,
	"version" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"source" integer NOT NULL,
	"author" integer,
	"batch" integer,
	"language" text,
	"turn_count" integer NOT NULL,
	"prompt_words" integer NOT NULL,
	"response_words" integer NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "example_versions_dataset_id_example_version_pk" PRIMARY KEY("dataset_id","example_version"),
	CONSTRAINT "example_versions_number" UNIQUE("dataset_id","example","version")
);
--> statement-breakpoint
CREATE TABLE "examples" (
	"dataset_id" integer NOT NULL,
	"example" integer NOT NULL,
	"external_id" text NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "examples_dataset_id_example_pk" PRIMARY KEY("dataset_id","example"),
	CONSTRAINT "examples_external_id" UNIQUE("dataset_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "labels" (
	"dataset_id" integer NOT NULL,
	"label" integer NOT NULL,
	"example_version" integer NOT NULL,
	"dimension" text NOT NULL,
	"value" text NOT NULL,
	"method" text NOT NULL,
	"confidence" double precision,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "labels_dataset_id_label_pk" PRIMARY KEY("dataset_id","label")
);
--> statement-breakpoint
CREATE TABLE "clauses" (
	"dataset_id" integer NOT NULL,
	"clause" integer NOT NULL,
	"guideline_version" integer NOT NULL,
	"number" text NOT NULL,
	"title" text NOT NULL,
	"text" "bytea" NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "clauses_dataset_id_clause_pk" PRIMARY KEY("dataset_id","clause"),
	CONSTRAINT "clauses_number" UNIQUE("dataset_id","guideline_version","number")
);
--> statement-breakpoint
CREATE TABLE "criteria" (
	"dataset_id" integer NOT NULL,
	"criterion" integer NOT NULL,
	"key" text NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "criteria_dataset_id_criterion_pk" PRIMARY KEY("dataset_id","criterion"),
	CONSTRAINT "criteria_key" UNIQUE("dataset_id","key")
);
--> statement-breakpoint
CREATE TABLE "criterion_versions" (
	"dataset_id" integer NOT NULL,
	"criterion_version" integer NOT NULL,
	"criterion" integer NOT NULL,
	"version" integer NOT NULL,
	"question" "bytea" NOT NULL,
	"level" text NOT NULL,
	"categories" jsonb,
	"minimum" double precision,
	"maximum" double precision,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "criterion_versions_dataset_id_criterion_version_pk" PRIMARY KEY("dataset_id","criterion_version"),
	CONSTRAINT "criterion_versions_number" UNIQUE("dataset_id","criterion","version")
);
--> statement-breakpoint
CREATE TABLE "guideline_criteria" (
	"dataset_id" integer NOT NULL,
	"guideline_version" integer NOT NULL,
	"criterion_version" integer NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "guideline_criteria_dataset_id_guideline_version_criterion_version_pk" PRIMARY KEY("dataset_id","guideline_version","criterion_version")
);
--> statement-breakpoint
CREATE TABLE "guideline_versions" (
	"dataset_id" integer NOT NULL,
	"guideline_version" integer NOT NULL,
	"guideline" integer NOT NULL,
	"version" text NOT NULL,
	"title" text NOT NULL,
	"change_note" "bytea",
	"requires_qualification" boolean NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "guideline_versions_dataset_id_guideline_version_pk" PRIMARY KEY("dataset_id","guideline_version"),
	CONSTRAINT "guideline_versions_version" UNIQUE("dataset_id","guideline","version")
);
--> statement-breakpoint
CREATE TABLE "guidelines" (
	"dataset_id" integer NOT NULL,
	"guideline" integer NOT NULL,
	"key" text NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "guidelines_dataset_id_guideline_pk" PRIMARY KEY("dataset_id","guideline"),
	CONSTRAINT "guidelines_key" UNIQUE("dataset_id","key")
);
--> statement-breakpoint
CREATE TABLE "illustrations" (
	"dataset_id" integer NOT NULL,
	"illustration" integer NOT NULL,
	"clause" integer NOT NULL,
	"kind" text NOT NULL,
	"text" "bytea" NOT NULL,
	"note" "bytea",
	"activity" integer NOT NULL,
	CONSTRAINT "illustrations_dataset_id_illustration_pk" PRIMARY KEY("dataset_id","illustration")
);
--> statement-breakpoint
CREATE TABLE "histogram" (
	"dataset_id" integer NOT NULL,
	"criterion_version" integer NOT NULL,
	"counts" "bytea" NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "histogram_dataset_id_criterion_version_counts_pk" PRIMARY KEY("dataset_id","criterion_version","counts")
);
--> statement-breakpoint
CREATE TABLE "rater_tallies" (
	"dataset_id" integer NOT NULL,
	"criterion_version" integer NOT NULL,
	"annotator" integer NOT NULL,
	"ratings" integer NOT NULL,
	CONSTRAINT "rater_tallies_dataset_id_criterion_version_annotator_pk" PRIMARY KEY("dataset_id","criterion_version","annotator")
);
--> statement-breakpoint
CREATE TABLE "ratings" (
	"dataset_id" integer NOT NULL,
	"rating" integer NOT NULL,
	"criterion_version" integer NOT NULL,
	"example_version" integer NOT NULL,
	"annotator" integer NOT NULL,
	"guideline_version" integer NOT NULL,
	"category" integer,
	"score" double precision,
	"stratum" text NOT NULL,
	"repeat" integer NOT NULL,
	"batch" integer,
	"seconds" double precision,
	"occurred_at" timestamp (3) with time zone,
	"rationale" "bytea",
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "ratings_dataset_id_rating_pk" PRIMARY KEY("dataset_id","rating")
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"dataset_id" integer NOT NULL,
	"criterion_version" integer NOT NULL,
	"example_version" integer NOT NULL,
	"counts" "bytea",
	"n" integer NOT NULL,
	"sum" double precision,
	"sum_of_squares" double precision,
	CONSTRAINT "tallies_dataset_id_criterion_version_example_version_pk" PRIMARY KEY("dataset_id","criterion_version","example_version")
);
--> statement-breakpoint
CREATE TABLE "candidate_members" (
	"dataset_id" integer NOT NULL,
	"candidate" integer NOT NULL,
	"position" integer NOT NULL,
	"example_version" integer NOT NULL,
	"split" text NOT NULL,
	"leaf" "bytea" NOT NULL,
	"facets" jsonb NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "candidate_members_dataset_id_candidate_position_pk" PRIMARY KEY("dataset_id","candidate","position"),
	CONSTRAINT "candidate_members_once" UNIQUE("dataset_id","candidate","example_version")
);
--> statement-breakpoint
CREATE TABLE "candidates" (
	"dataset_id" integer NOT NULL,
	"candidate" integer NOT NULL,
	"at" integer NOT NULL,
	"selection" jsonb NOT NULL,
	"member_count" integer NOT NULL,
	"scope_digest" "bytea" NOT NULL,
	"root" "bytea" NOT NULL,
	"gates" jsonb NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "candidates_dataset_id_candidate_pk" PRIMARY KEY("dataset_id","candidate")
);
--> statement-breakpoint
CREATE TABLE "release_statuses" (
	"dataset_id" integer NOT NULL,
	"release_status" integer NOT NULL,
	"release" integer NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "release_statuses_dataset_id_release_status_pk" PRIMARY KEY("dataset_id","release_status")
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"dataset_id" integer NOT NULL,
	"release" integer NOT NULL,
	"version" text NOT NULL,
	"candidate" integer NOT NULL,
	"digest" "bytea" NOT NULL,
	"notes" "bytea",
	"activity" integer NOT NULL,
	CONSTRAINT "releases_dataset_id_release_pk" PRIMARY KEY("dataset_id","release"),
	CONSTRAINT "releases_version" UNIQUE("dataset_id","version"),
	CONSTRAINT "releases_candidate" UNIQUE("dataset_id","candidate")
);
--> statement-breakpoint
CREATE TABLE "source_versions" (
	"dataset_id" integer NOT NULL,
	"source_version" integer NOT NULL,
	"source" integer NOT NULL,
	"title" text NOT NULL,
	"licence" text,
	"terms" "bytea",
	"contact" "bytea",
	"details" jsonb NOT NULL,
	"activity" integer NOT NULL,
	"superseded_by" integer,
	CONSTRAINT "source_versions_dataset_id_source_version_pk" PRIMARY KEY("dataset_id","source_version")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"dataset_id" integer NOT NULL,
	"source" integer NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"activity" integer NOT NULL,
	CONSTRAINT "sources_dataset_id_source_pk" PRIMARY KEY("dataset_id","source"),
	CONSTRAINT "sources_key" UNIQUE("dataset_id","key")
);
--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dataset_id_datasets_dataset_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("dataset_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_dataset_id_principal_principals_dataset_id_principal_fk" FOREIGN KEY ("dataset_id","principal") REFERENCES "public"."principals"("dataset_id","principal") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_dataset_id_principal_principals_dataset_id_principal_fk" FOREIGN KEY ("dataset_id","principal") REFERENCES "public"."principals"("dataset_id","principal") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_dataset_id_principal_principals_dataset_id_principal_fk" FOREIGN KEY ("dataset_id","principal") REFERENCES "public"."principals"("dataset_id","principal") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotator_profiles" ADD CONSTRAINT "annotator_profiles_dataset_id_annotator_annotators_dataset_id_annotator_fk" FOREIGN KEY ("dataset_id","annotator") REFERENCES "public"."annotators"("dataset_id","annotator") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotators" ADD CONSTRAINT "annotators_dataset_id_agent_agents_dataset_id_agent_fk" FOREIGN KEY ("dataset_id","agent") REFERENCES "public"."agents"("dataset_id","agent") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotators" ADD CONSTRAINT "annotators_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "qualifications" ADD CONSTRAINT "qualifications_dataset_id_annotator_annotators_dataset_id_annotator_fk" FOREIGN KEY ("dataset_id","annotator") REFERENCES "public"."annotators"("dataset_id","annotator") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "qualifications" ADD CONSTRAINT "qualifications_dataset_id_guideline_version_guideline_versions_dataset_id_guideline_version_fk" FOREIGN KEY ("dataset_id","guideline_version") REFERENCES "public"."guideline_versions"("dataset_id","guideline_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coverage_plan_versions" ADD CONSTRAINT "coverage_plan_versions_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_clauses" ADD CONSTRAINT "decision_clauses_dataset_id_decision_decisions_dataset_id_decision_fk" FOREIGN KEY ("dataset_id","decision") REFERENCES "public"."decisions"("dataset_id","decision") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_clauses" ADD CONSTRAINT "decision_clauses_dataset_id_clause_clauses_dataset_id_clause_fk" FOREIGN KEY ("dataset_id","clause") REFERENCES "public"."clauses"("dataset_id","clause") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_dataset_id_example_version_example_versions_dataset_id_example_version_fk" FOREIGN KEY ("dataset_id","example_version") REFERENCES "public"."example_versions"("dataset_id","example_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_dataset_id_guideline_version_guideline_versions_dataset_id_guideline_version_fk" FOREIGN KEY ("dataset_id","guideline_version") REFERENCES "public"."guideline_versions"("dataset_id","guideline_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "derivations" ADD CONSTRAINT "derivations_dataset_id_example_version_example_versions_dataset_id_example_version_fk" FOREIGN KEY ("dataset_id","example_version") REFERENCES "public"."example_versions"("dataset_id","example_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "derivations" ADD CONSTRAINT "derivations_dataset_id_parent_example_versions_dataset_id_example_version_fk" FOREIGN KEY ("dataset_id","parent") REFERENCES "public"."example_versions"("dataset_id","example_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example_versions" ADD CONSTRAINT "example_versions_dataset_id_example_examples_dataset_id_example_fk" FOREIGN KEY ("dataset_id","example") REFERENCES "public"."examples"("dataset_id","example") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example_versions" ADD CONSTRAINT "example_versions_dataset_id_source_sources_dataset_id_source_fk" FOREIGN KEY ("dataset_id","source") REFERENCES "public"."sources"("dataset_id","source") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example_versions" ADD CONSTRAINT "example_versions_dataset_id_author_annotators_dataset_id_annotator_fk" FOREIGN KEY ("dataset_id","author") REFERENCES "public"."annotators"("dataset_id","annotator") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example_versions" ADD CONSTRAINT "example_versions_dataset_id_batch_batches_dataset_id_batch_fk" FOREIGN KEY ("dataset_id","batch") REFERENCES "public"."batches"("dataset_id","batch") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "example_versions" ADD CONSTRAINT "example_versions_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examples" ADD CONSTRAINT "examples_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_dataset_id_example_version_example_versions_dataset_id_example_version_fk" FOREIGN KEY ("dataset_id","example_version") REFERENCES "public"."example_versions"("dataset_id","example_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clauses" ADD CONSTRAINT "clauses_dataset_id_guideline_version_guideline_versions_dataset_id_guideline_version_fk" FOREIGN KEY ("dataset_id","guideline_version") REFERENCES "public"."guideline_versions"("dataset_id","guideline_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "criteria" ADD CONSTRAINT "criteria_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "criterion_versions" ADD CONSTRAINT "criterion_versions_dataset_id_criterion_criteria_dataset_id_criterion_fk" FOREIGN KEY ("dataset_id","criterion") REFERENCES "public"."criteria"("dataset_id","criterion") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "criterion_versions" ADD CONSTRAINT "criterion_versions_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guideline_criteria" ADD CONSTRAINT "guideline_criteria_dataset_id_guideline_version_guideline_versions_dataset_id_guideline_version_fk" FOREIGN KEY ("dataset_id","guideline_version") REFERENCES "public"."guideline_versions"("dataset_id","guideline_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guideline_criteria" ADD CONSTRAINT "guideline_criteria_dataset_id_criterion_version_criterion_versions_dataset_id_criterion_version_fk" FOREIGN KEY ("dataset_id","criterion_version") REFERENCES "public"."criterion_versions"("dataset_id","criterion_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guideline_versions" ADD CONSTRAINT "guideline_versions_dataset_id_guideline_guidelines_dataset_id_guideline_fk" FOREIGN KEY ("dataset_id","guideline") REFERENCES "public"."guidelines"("dataset_id","guideline") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guideline_versions" ADD CONSTRAINT "guideline_versions_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guidelines" ADD CONSTRAINT "guidelines_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "illustrations" ADD CONSTRAINT "illustrations_dataset_id_clause_clauses_dataset_id_clause_fk" FOREIGN KEY ("dataset_id","clause") REFERENCES "public"."clauses"("dataset_id","clause") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_dataset_id_criterion_version_criterion_versions_dataset_id_criterion_version_fk" FOREIGN KEY ("dataset_id","criterion_version") REFERENCES "public"."criterion_versions"("dataset_id","criterion_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_dataset_id_example_version_example_versions_dataset_id_example_version_fk" FOREIGN KEY ("dataset_id","example_version") REFERENCES "public"."example_versions"("dataset_id","example_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_dataset_id_annotator_annotators_dataset_id_annotator_fk" FOREIGN KEY ("dataset_id","annotator") REFERENCES "public"."annotators"("dataset_id","annotator") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_dataset_id_guideline_version_guideline_versions_dataset_id_guideline_version_fk" FOREIGN KEY ("dataset_id","guideline_version") REFERENCES "public"."guideline_versions"("dataset_id","guideline_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_dataset_id_batch_batches_dataset_id_batch_fk" FOREIGN KEY ("dataset_id","batch") REFERENCES "public"."batches"("dataset_id","batch") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_members" ADD CONSTRAINT "candidate_members_dataset_id_candidate_candidates_dataset_id_candidate_fk" FOREIGN KEY ("dataset_id","candidate") REFERENCES "public"."candidates"("dataset_id","candidate") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_members" ADD CONSTRAINT "candidate_members_dataset_id_example_version_example_versions_dataset_id_example_version_fk" FOREIGN KEY ("dataset_id","example_version") REFERENCES "public"."example_versions"("dataset_id","example_version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidates" ADD CONSTRAINT "candidates_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_statuses" ADD CONSTRAINT "release_statuses_dataset_id_release_releases_dataset_id_release_fk" FOREIGN KEY ("dataset_id","release") REFERENCES "public"."releases"("dataset_id","release") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_dataset_id_candidate_candidates_dataset_id_candidate_fk" FOREIGN KEY ("dataset_id","candidate") REFERENCES "public"."candidates"("dataset_id","candidate") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "releases" ADD CONSTRAINT "releases_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_versions" ADD CONSTRAINT "source_versions_dataset_id_source_sources_dataset_id_source_fk" FOREIGN KEY ("dataset_id","source") REFERENCES "public"."sources"("dataset_id","source") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_versions" ADD CONSTRAINT "source_versions_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_dataset_id_activity_activities_dataset_id_activity_fk" FOREIGN KEY ("dataset_id","activity") REFERENCES "public"."activities"("dataset_id","activity") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "activities_request_key" ON "activities" USING btree ("dataset_id","agent","request_key") WHERE request_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "agents_principal" ON "agents" USING btree ("dataset_id","principal_uid") WHERE principal_uid is not null;--> statement-breakpoint
CREATE INDEX "erasures_by_thing" ON "erasures" USING btree ("dataset_id","noun","id");--> statement-breakpoint
CREATE UNIQUE INDEX "members_in_force" ON "members" USING btree ("dataset_id","registration","principal") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "usages_by_thing" ON "usages" USING btree ("dataset_id","noun","id");--> statement-breakpoint
CREATE UNIQUE INDEX "annotator_profiles_in_force" ON "annotator_profiles" USING btree ("dataset_id","annotator") WHERE superseded_by is null;--> statement-breakpoint
CREATE UNIQUE INDEX "qualifications_in_force" ON "qualifications" USING btree ("dataset_id","annotator","guideline_version") WHERE superseded_by is null;--> statement-breakpoint
CREATE UNIQUE INDEX "coverage_plan_versions_latest" ON "coverage_plan_versions" USING btree ("dataset_id") WHERE superseded_by is null;--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_in_force" ON "decisions" USING btree ("dataset_id","example_version") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "decisions_by_version" ON "decisions" USING btree ("dataset_id","example_version");--> statement-breakpoint
CREATE INDEX "decisions_by_activity" ON "decisions" USING btree ("dataset_id","activity");--> statement-breakpoint
CREATE INDEX "decisions_by_end" ON "decisions" USING btree ("dataset_id","superseded_by") WHERE superseded_by is not null;--> statement-breakpoint
CREATE INDEX "derivations_by_parent" ON "derivations" USING btree ("dataset_id","parent");--> statement-breakpoint
CREATE UNIQUE INDEX "example_versions_latest" ON "example_versions" USING btree ("dataset_id","example") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "example_versions_by_activity" ON "example_versions" USING btree ("dataset_id","activity");--> statement-breakpoint
CREATE INDEX "example_versions_by_end" ON "example_versions" USING btree ("dataset_id","superseded_by") WHERE superseded_by is not null;--> statement-breakpoint
CREATE INDEX "example_versions_by_content" ON "example_versions" USING btree ("dataset_id","content");--> statement-breakpoint
CREATE UNIQUE INDEX "labels_in_force" ON "labels" USING btree ("dataset_id","example_version","dimension","value") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "labels_by_version" ON "labels" USING btree ("dataset_id","example_version");--> statement-breakpoint
CREATE INDEX "labels_by_dimension" ON "labels" USING btree ("dataset_id","dimension","value");--> statement-breakpoint
CREATE INDEX "labels_by_activity" ON "labels" USING btree ("dataset_id","activity");--> statement-breakpoint
CREATE INDEX "labels_by_end" ON "labels" USING btree ("dataset_id","superseded_by") WHERE superseded_by is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "criterion_versions_latest" ON "criterion_versions" USING btree ("dataset_id","criterion") WHERE superseded_by is null;--> statement-breakpoint
CREATE UNIQUE INDEX "guideline_versions_latest" ON "guideline_versions" USING btree ("dataset_id","guideline") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "illustrations_by_clause" ON "illustrations" USING btree ("dataset_id","clause");--> statement-breakpoint
CREATE UNIQUE INDEX "ratings_in_force" ON "ratings" USING btree ("dataset_id","criterion_version","example_version","annotator") WHERE superseded_by is null;--> statement-breakpoint
CREATE INDEX "ratings_by_example_version" ON "ratings" USING btree ("dataset_id","example_version");--> statement-breakpoint
CREATE INDEX "ratings_by_activity" ON "ratings" USING btree ("dataset_id","activity");--> statement-breakpoint
CREATE INDEX "ratings_by_end" ON "ratings" USING btree ("dataset_id","superseded_by") WHERE superseded_by is not null;--> statement-breakpoint
CREATE INDEX "tallies_by_example_version" ON "tallies" USING btree ("dataset_id","example_version");--> statement-breakpoint
CREATE INDEX "candidate_members_by_version" ON "candidate_members" USING btree ("dataset_id","example_version");--> statement-breakpoint
CREATE UNIQUE INDEX "release_statuses_in_force" ON "release_statuses" USING btree ("dataset_id","release") WHERE superseded_by is null;--> statement-breakpoint
CREATE UNIQUE INDEX "source_versions_in_force" ON "source_versions" USING btree ("dataset_id","source") WHERE superseded_by is null;