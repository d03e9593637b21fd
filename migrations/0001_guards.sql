-- Facts are only added: superseded_by goes from null to a number once; nothing else of a fact changes, nothing is deleted.
create function assay_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on %: facts are only added', tg_op, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
--> statement-breakpoint
create function assay_refuse_delete_of_content() returns trigger language plpgsql as $$
begin
  if not exists (select from public.erasures e where e.dataset_id = old.dataset_id and e.commitment = old.commitment) then
    raise exception 'contents are deleted only by an erasure' using errcode = 'integrity_constraint_violation';
  end if;
  return old;
end $$;
--> statement-breakpoint
-- Protects one table of facts. A later migration that adds such a table calls it again.
create function assay_protect(fact regclass) returns void language plpgsql as $$
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
end $$;
--> statement-breakpoint
select assay_protect(c.oid::regclass) from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'activity' and a.attnum > 0
  where n.nspname = 'public' and c.relkind = 'r';
--> statement-breakpoint
create trigger contents_stay before delete on contents for each row execute function assay_refuse_delete_of_content();
--> statement-breakpoint
create trigger contents_unchanged before update on contents for each row execute function assay_refuse_change();
--> statement-breakpoint
create trigger contents_stay_all before truncate on contents for each statement execute function assay_refuse_change();
--> statement-breakpoint
-- Gives the role the server runs as what it needs, and no more: it cannot change facts, nor drop what protects them.
create function assay_grant(role_name text) returns void language plpgsql as $$
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
    if t.relname in ('datasets', 'tallies', 'histogram', 'rater_tallies', 'people') then
      execute format('grant update on %s to %I', t.name, role_name);
    end if;
    if t.relname in ('tallies', 'histogram', 'rater_tallies', 'people', 'contents') then
      execute format('grant delete on %s to %I', t.name, role_name);
    end if;
  end loop;
end $$;
