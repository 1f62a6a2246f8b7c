-- Calls counted by quarter of an hour: every time zone begins its hours and days on one. A quarter is always counted anew from the CDRs
-- as a whole, so a repeat changes nothing and a half that comes a year late is in its place. Which quarters have news stands in call_news,
-- written with the halves themselves; rows are only added and, once counted, taken out: what commits meanwhile is never missed.
create table dci.call_rollup (
  quarter timestamptz not null,
  direction text not null,
  campaign_id uuid, trunk_id int, slot text, hub_id uuid,   -- null: none, or not known
  digit text,                        -- the first that the person pressed; null: none
  calls bigint not null,
  answered bigint not null, busy bigint not null, no_answer bigint not null, rejected bigint not null, invalid bigint not null,
  failed bigint not null, blocked bigint not null, abandoned bigint not null, unknown bigint not null,   -- by outcome
  talk_ms bigint not null,           -- between answer and end
  unique nulls not distinct (quarter, direction, campaign_id, trunk_id, slot, hub_id, digit)
);

create table dci.call_news (quarter timestamptz not null);

create function dci.quarter_of(moment timestamptz) returns timestamptz language sql immutable parallel safe
return date_bin('15 minutes', moment, timestamptz '2000-01-01 00:00:00Z');

create function dci.note_call_news() returns trigger language plpgsql set search_path = pg_catalog, dci, pg_temp as $$
begin
  insert into dci.call_news (quarter) select distinct dci.quarter_of(started_at) from fresh;
  return null;
end $$;
create trigger call_news_insert after insert on dci.cdr referencing new table as fresh
  for each statement execute function dci.note_call_news();
create trigger call_news_update after update on dci.cdr referencing new table as fresh
  for each statement execute function dci.note_call_news();

-- The calls of some time, counted as call_rollup keeps them: the one place that says how.
create function dci.counted_calls(since timestamptz, until timestamptz) returns setof dci.call_rollup language sql stable as $$
  select dci.quarter_of(started_at), direction, campaign_id, trunk_id, slot, hub_id,
    nullif(left(case when pbx_at is null then dtmf_received else pbx_dtmf end, 1), ''),
    count(*), count(*) filter (where outcome = 'answered'), count(*) filter (where outcome = 'busy'),
    count(*) filter (where outcome = 'no_answer'), count(*) filter (where outcome = 'rejected'),
    count(*) filter (where outcome = 'invalid'), count(*) filter (where outcome = 'failed'),
    count(*) filter (where outcome = 'blocked'), count(*) filter (where outcome = 'abandoned'),
    count(*) filter (where outcome = 'unknown'),
    coalesce(sum(round(extract(epoch from ended_at - answered_at) * 1000)) filter (where answered_at is not null), 0)::bigint
  from dci.cdr where started_at >= since and started_at < until and outcome <> 'refused'
  group by 1, 2, 3, 4, 5, 6, 7
$$;

-- Counts at most `most` quarters with news, the newest first; answers how many. One at a time in the whole installation: who finds
-- another at work does nothing.
create function dci.roll_up_calls(most int) returns int language plpgsql set search_path = pg_catalog, dci, pg_temp as $$
declare
  due timestamptz[];
  one timestamptz;
begin
  if not pg_try_advisory_xact_lock(5770923) then return 0; end if;
  with chosen as (select distinct quarter from dci.call_news order by quarter desc limit most),
    taken as (delete from dci.call_news n using chosen s where n.quarter = s.quarter returning n.quarter)
  select array_agg(distinct quarter) into due from taken;
  foreach one in array coalesce(due, '{}') loop
    delete from dci.call_rollup where quarter = one;
    insert into dci.call_rollup select * from dci.counted_calls(one, one + interval '15 minutes');
  end loop;
  return coalesce(cardinality(due), 0);
end $$;

insert into dci.call_news (quarter) select distinct dci.quarter_of(started_at) from dci.cdr;
revoke all on all functions in schema dci from public;
grant execute on function dci.ingest_cdr(jsonb) to hub;
