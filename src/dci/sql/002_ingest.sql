-- F-08: hubs write their half of a CDR themselves. A hub's role can do one thing in this database: call dci.ingest_cdr.
do $$ begin
  if not exists (select from pg_roles where rolname = 'hub') then create role hub nologin; end if;
exception when duplicate_object or unique_violation then null;  -- another database of this cluster was quicker
end $$;

create table dci.hub_role (          -- who a session is; roles live in the cluster, their meaning lives here
  role text primary key check (role ~ '^hub_[0-9a-f]{8,32}$'),
  hub_id uuid not null unique,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

-- One element of a hub's batch, as the database reads it.
create type dci.hub_half as (
  n bigint, call_id uuid, trail text, direction text, slot text, attempt_id uuid, campaign_id uuid,
  started_at timestamptz, ringing_at timestamptz, answered_at timestamptz, ended_at timestamptz, outcome text, sip_code int,
  hangup_by text, rtp_sent bigint, rtp_received bigint, rtp_lost bigint, dtmf_sent text, dtmf_received text,
  slot_call_id text);
create type dci.verdict as (n bigint, call_id text, accepted boolean, reason text);

-- Why a half is refused, or null. A hub may have been away for a year; a call from next week did not happen.
create function dci.refusal(h dci.hub_half) returns text language sql stable
return case
  when h.call_id is null then 'call_id is missing'
  when h.started_at is null or h.ended_at is null then 'started_at or ended_at is missing'
  when not h.started_at between now() - interval '400 days' and now() + interval '2 days' then 'started_at is out of range'
  when h.ended_at < h.started_at or h.answered_at < h.started_at or h.ringing_at < h.started_at
    or h.answered_at > h.ended_at then 'the times are not in order'
  when h.direction is null or h.direction not in ('outbound', 'inbound', 'internal') then 'direction is not known'
  when h.outcome is null or h.outcome not in ('answered', 'busy', 'no_answer', 'rejected', 'invalid', 'failed', 'blocked',
    'abandoned', 'refused', 'unknown') then 'outcome is not known'
  when h.outcome = 'refused' then 'a refused attempt is not a call'
  when h.direction = 'outbound' and h.attempt_id is distinct from h.call_id then 'an outbound call is named by its attempt'
  when h.slot is null or h.slot !~ '^[678][0-9][0-9][0-9]+$' or length(h.slot) > 6 then 'slot is not known'
  when not coalesce(h.sip_code, 0) between 0 and 699 then 'sip_code is out of range'
  when least(h.rtp_sent, h.rtp_received, h.rtp_lost) < 0 then 'a count is negative'
  when translate(h.dtmf_sent || h.dtmf_received, '0123456789ABCD*#', '') <> '' then 'dtmf is not digits'
  when length(h.dtmf_sent) > 256 or length(h.dtmf_received) > 256 or length(h.trail) > 64 or length(h.slot_call_id) > 256 or length(h.hangup_by) > 32 then 'a text is too long'
end;

-- Joins halves to their rows: makes the row or fills the hub's side of it, once; answers the call ids that were new. Where
-- the two sides differ, the events log says so.
create function dci.join_hub_halves(hub uuid, halves dci.hub_half[]) returns uuid[] language sql
  set search_path = pg_catalog, dci, pg_temp as $$
  with joined as (
    insert into dci.cdr as c (call_id, started_at, trail, direction, hub_id, slot, attempt_id, campaign_id, slot_call_id, hub_at,
      hub_started_at, hub_ringing_at, hub_answered_at, hub_ended_at, hub_outcome, hub_sip_code, hub_hangup_by,
      rtp_sent, rtp_received, rtp_lost, dtmf_sent, dtmf_received)
    select h.call_id, k.started_at, h.trail, h.direction, hub, h.slot, h.attempt_id, h.campaign_id, h.slot_call_id, now(),
      h.started_at, h.ringing_at, h.answered_at, h.ended_at, h.outcome, h.sip_code, h.hangup_by,
      h.rtp_sent, h.rtp_received, h.rtp_lost, h.dtmf_sent, h.dtmf_received
    from unnest(halves) h join dci.cdr_key k on k.call_id = h.call_id
    on conflict (started_at, call_id) do update set
      hub_id = excluded.hub_id, slot = excluded.slot, attempt_id = coalesce(c.attempt_id, excluded.attempt_id),
      campaign_id = coalesce(c.campaign_id, excluded.campaign_id), trail = coalesce(c.trail, excluded.trail),
      slot_call_id = coalesce(nullif(excluded.slot_call_id, ''), c.slot_call_id), hub_at = excluded.hub_at,
      hub_started_at = excluded.hub_started_at, hub_ringing_at = excluded.hub_ringing_at,
      hub_answered_at = excluded.hub_answered_at, hub_ended_at = excluded.hub_ended_at, hub_outcome = excluded.hub_outcome,
      hub_sip_code = excluded.hub_sip_code, hub_hangup_by = excluded.hub_hangup_by, rtp_sent = excluded.rtp_sent,
      rtp_received = excluded.rtp_received, rtp_lost = excluded.rtp_lost, dtmf_sent = excluded.dtmf_sent,
      dtmf_received = excluded.dtmf_received
    where c.hub_at is null
    returning c.call_id, c.trail, c.differs, dci.difference_detail(c) as detail
  ), noted as (
    insert into dci.events_log (kind, severity, subject, trail, detail)
    select 'cdr_disagreement', 'warning', 'call:' || call_id, trail, detail from joined where differs is not null
  )
  select array_agg(call_id) from joined
$$;

-- Stores a batch of one hub, each statement over the whole batch.
create function dci.take_hub_halves(hub uuid, batch jsonb) returns setof dci.verdict language plpgsql
  set search_path = pg_catalog, dci, pg_temp as $$
declare
  good dci.hub_half[];
  bad dci.verdict[];
  fresh uuid[];
begin
  with read as materialized (
    select r.n, (r.n - 1, r.call_id, r.trail, r.direction, r.slot, r.attempt_id, r.campaign_id, r.started_at, r.ringing_at,
        r.answered_at, r.ended_at, r.outcome, r.sip_code, r.hangup_by, r.rtp_sent, r.rtp_received, r.rtp_lost, r.dtmf_sent,
        r.dtmf_received, r.slot_call_id)::dci.hub_half as h
    from rows from (jsonb_to_recordset(batch) as (
        call_id uuid, trail text, direction text, slot text, attempt_id uuid, campaign_id uuid, started_at timestamptz,
        ringing_at timestamptz, answered_at timestamptz, ended_at timestamptz, outcome text, sip_code int, hangup_by text,
        rtp_sent bigint, rtp_received bigint, rtp_lost bigint, dtmf_sent text, dtmf_received text, slot_call_id text))
      with ordinality as r(call_id, trail, direction, slot, attempt_id, campaign_id, started_at, ringing_at, answered_at,
        ended_at, outcome, sip_code, hangup_by, rtp_sent, rtp_received, rtp_lost, dtmf_sent, dtmf_received, slot_call_id, n)
  ), judged as materialized (select h, dci.refusal(h) as reason from read)
  select array_agg(h order by (h).call_id, (h).n) filter (where reason is null),
         array_agg(((h).n, (h).call_id, false, reason)::dci.verdict) filter (where reason is not null)
    into good, bad from judged;
  return query select * from unnest(bad);
  if good is null then return; end if;
  perform dci.ensure_month('cdr', m) from (select distinct date_trunc('month', h.started_at, 'UTC') m from unnest(good) h) months;
  insert into dci.cdr_key (call_id, started_at) select h.call_id, h.started_at from unnest(good) h on conflict do nothing;
  fresh := dci.join_hub_halves(hub, array(select distinct on (h.call_id) h from unnest(good) h order by h.call_id, h.n));
  if cardinality(fresh) = cardinality(good) then
    return query select h.n, h.call_id::text, true, null::text from unnest(good) h;
    return;
  end if;
  return query  -- some were here before: whose are they?
    select h.n, h.call_id::text, c.hub_id = hub, case when c.hub_id <> hub then 'this call is another hub''s' end
    from unnest(good) h
    join dci.cdr_key k on k.call_id = h.call_id
    join dci.cdr c on c.started_at = k.started_at and c.call_id = k.call_id;
end $$;

-- What a hub calls. The hub is who the session is. A batch of good rows takes the quick way; when PostgreSQL cannot even
-- read one of them, each is tried alone, so that one bad row costs itself only.
create function dci.ingest_cdr(batch jsonb) returns setof dci.verdict language plpgsql security definer
  set search_path = pg_catalog, dci, pg_temp as $$
declare
  hub uuid := (select hub_id from dci.hub_role where role = session_user and revoked_at is null);
  one jsonb;
  at bigint := 0;
begin
  if hub is null then raise insufficient_privilege using message = 'this session is no hub''s'; end if;
  if jsonb_typeof(batch) <> 'array' then raise invalid_parameter_value using message = 'a batch is a JSON array'; end if;
  if jsonb_array_length(batch) > 5000 then raise program_limit_exceeded using message = 'a batch holds 5,000 rows'; end if;
  begin
    return query select * from dci.take_hub_halves(hub, batch);
    return;
  exception when data_exception or integrity_constraint_violation then null;
  end;
  for one in select e from jsonb_array_elements(batch) e loop
    begin
      return query select at, v.call_id, v.accepted, v.reason from dci.take_hub_halves(hub, jsonb_build_array(one)) v;
    exception when data_exception or integrity_constraint_violation then
      return next (at, one ->> 'call_id', false, 'a member has the wrong type')::dci.verdict;
    end;
    at := at + 1;
  end loop;
end $$;

do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;

-- Roles of hubs. The password comes as a SCRAM verifier: its clear text never reaches the server.
create function dci.create_hub_role(hub uuid, short_id text, verifier text) returns text language plpgsql
  set search_path = pg_catalog, dci, pg_temp as $$
declare
  called text := 'hub_' || short_id;
begin
  if short_id !~ '^[0-9a-f]{8,32}$' or verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' then
    raise invalid_parameter_value using message = 'a hub role needs a short id and a SCRAM-SHA-256 verifier';
  end if;
  insert into dci.hub_role as r (role, hub_id) values (called, hub)
    on conflict (role) do update set revoked_at = null where r.hub_id = excluded.hub_id;
  if not found then raise unique_violation using message = 'this short id is another hub''s'; end if;
  if not exists (select from pg_roles where rolname = called) then execute format('create role %I', called); end if;
  execute format('alter role %I login inherit connection limit 4 password %L', called, verifier);
  execute format('grant hub to %I', called);
  execute format('alter role %I set statement_timeout = %L', called, '30s');
  execute format('alter role %I set lock_timeout = %L', called, '10s');
  execute format('alter role %I set idle_in_transaction_session_timeout = %L', called, '10s');
  execute format('comment on role %I is %L', called, (select 'vss database ' || oid from pg_database where datname = current_database()));
  return called;
end $$;

-- Ends a hub's role: no new session, and what an open one still sends is refused.
create function dci.drop_hub_role(hub uuid) returns boolean language plpgsql
  set search_path = pg_catalog, dci, pg_temp as $$
declare
  called text := (select role from dci.hub_role where hub_id = hub);
begin
  if called is null then return false; end if;
  update dci.hub_role set revoked_at = coalesce(revoked_at, now()) where hub_id = hub;
  if exists (select from pg_roles where rolname = called) then execute format('alter role %I nologin', called); end if;
  return true;
end $$;

-- Roles of hubs of databases that are gone (a demo makes a fresh one each time); answers how many went.
create function dci.drop_stale_hub_roles() returns int language plpgsql
  set search_path = pg_catalog, dci, pg_temp as $$
declare
  called text;
  gone int := 0;
begin
  for called in
    select r.rolname from pg_roles r
    where r.rolname ~ '^hub_[0-9a-f]{8,32}$' and shobj_description(r.oid, 'pg_authid') ~ '^vss database [0-9]+$'
      and not exists (select from pg_database d where 'vss database ' || d.oid = shobj_description(r.oid, 'pg_authid'))
  loop
    execute format('drop role if exists %I', called);
    gone := gone + 1;
  end loop;
  return gone;
end $$;

revoke all on all functions in schema dci from public;   -- each later step does so again for what it adds
grant usage on schema dci to hub;
grant execute on function dci.ingest_cdr(jsonb) to hub;
