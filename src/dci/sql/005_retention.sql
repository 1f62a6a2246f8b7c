-- How long calls and events are kept: whole months, taken off as partitions. Not less than 14: a hub that was away for 400 days still
-- brings its calls, and a month must not be counted anew once its calls are gone. Counts (call_rollup) and the audit log stay.
create table dci.retention (
  what text primary key check (what in ('calls', 'events')),
  months int check (months between 14 and 120),   -- kept beside the month that runs; null: for ever
  version bigint not null default 1,
  changed_at timestamptz
);
insert into dci.retention (what) values ('calls'), ('events');

-- The months that stand there, with what each weighs.
create function dci.kept_months() returns table (what text, month date, part text, bytes bigint) language sql stable
  set search_path = pg_catalog, dci, pg_temp as $$
  select case i.inhparent when 'dci.cdr'::regclass then 'calls' else 'events' end, to_date(right(c.relname, 7), 'YYYY_MM'), c.relname::text,
    pg_total_relation_size(c.oid)
  from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent in ('dci.cdr'::regclass, 'dci.events_log'::regclass)
$$;

-- The first month that a rule keeps.
create function dci.kept_from(months int) returns date language sql stable
return (date_trunc('month', now() at time zone 'UTC') - make_interval(months => months))::date;

-- Takes off what the rules do not keep, and says so in the events log; answers how many months went. One server at a time.
create function dci.drop_past_months() returns int language plpgsql set search_path = pg_catalog, dci, pg_temp as $$
declare
  past record;
  gone int := 0;
begin
  if not pg_try_advisory_xact_lock(5770924) then return 0; end if;
  perform set_config('lock_timeout', '3s', true);   -- readers and writers do not queue up behind us; the next try is soon
  for past in
    select k.* from dci.kept_months() k join dci.retention r using (what) where k.month < dci.kept_from(r.months) order by k.month
  loop
    execute format('drop table dci.%I', past.part);
    insert into dci.events_log (kind, detail)
      values ('retention.month_dropped', jsonb_build_object('what', past.what, 'month', to_char(past.month, 'YYYY-MM'), 'bytes', past.bytes));
    gone := gone + 1;
  end loop;
  return gone;
end $$;

-- The keys of calls whose months went, at most so many; answers how many.
create index cdr_key_age on dci.cdr_key using brin (started_at);
create function dci.drop_past_keys(most int) returns int language plpgsql set search_path = pg_catalog, dci, pg_temp as $$
declare
  gone int;
begin
  delete from dci.cdr_key where ctid = any(array(
    select k.ctid from dci.cdr_key k, dci.retention r
    where r.what = 'calls' and k.started_at < dci.kept_from(r.months)::timestamp at time zone 'UTC' limit most));
  get diagnostics gone = row_count;
  return gone;
end $$;

revoke all on function dci.kept_months(), dci.kept_from(int), dci.drop_past_months(), dci.drop_past_keys(int) from public;
