-- DCI: call detail records and the events log. A CDR has two halves, what the hub saw and what the PBX saw; whichever
-- comes first makes the row, the other joins it by our own call id. What people read (outcome, answered_at ...) and where
-- the halves disagree is computed from both, so it can never be stale. No phone numbers.
create schema dci;

create table dci.cdr_key (           -- one call, one row, whatever month it lies in
  call_id uuid primary key,
  started_at timestamptz not null    -- of the half that came first: it names the partition
);

-- What differs between the two halves; null when nothing does or one is missing. The hub may not know the outcome
-- (unknown): that contradicts nothing.
create function dci.differences(hub_at timestamptz, pbx_at timestamptz, hub_outcome text, pbx_outcome text,
    hub_answered timestamptz, hub_ended timestamptz, pbx_answered timestamptz, pbx_ended timestamptz)
  returns text[] language sql immutable parallel safe
  return case when hub_at is null or pbx_at is null then null else nullif(
    case when (hub_answered is null) <> (pbx_answered is null) and hub_outcome <> 'unknown' then array['answered'] else '{}' end
    || case when hub_outcome <> pbx_outcome and hub_outcome <> 'unknown' and pbx_outcome <> 'unknown'
       then array['outcome'] else '{}' end
    || case when abs(extract(epoch from (hub_ended - hub_answered) - (pbx_ended - pbx_answered))) > 2
       then array['duration'] else '{}' end, '{}') end;

create table dci.cdr (
  call_id uuid not null,
  started_at timestamptz not null,
  trail text,
  direction text not null check (direction in ('outbound', 'inbound', 'internal')),
  hub_id uuid,
  slot text,
  attempt_id uuid,
  campaign_id uuid,
  trunk_id int,
  slot_call_id text,                 -- SIP Call-IDs of the legs
  lead_call_id text,

  hub_at timestamptz,                -- when the hub's half arrived; null: not yet
  hub_started_at timestamptz, hub_ringing_at timestamptz, hub_answered_at timestamptz, hub_ended_at timestamptz,
  hub_outcome text, hub_sip_code int, hub_hangup_by text,
  rtp_sent bigint, rtp_received bigint, rtp_lost bigint,   -- packets on the slot's leg, as the hub counted
  dtmf_sent text, dtmf_received text,

  pbx_at timestamptz,                -- when the PBX's half arrived; null: not yet
  pbx_started_at timestamptz, pbx_ringing_at timestamptz, pbx_answered_at timestamptz, pbx_ended_at timestamptz,
  pbx_outcome text, pbx_sip_code int, pbx_q850 int, pbx_hangup_by text,
  pbx_rtp_sent bigint, pbx_rtp_received bigint, pbx_dtmf text,

  -- the PBX's view wins: it saw the carrier
  ringing_at timestamptz generated always as (case when pbx_at is null then hub_ringing_at else pbx_ringing_at end) stored,
  answered_at timestamptz generated always as (case when pbx_at is null then hub_answered_at else pbx_answered_at end) stored,
  ended_at timestamptz generated always as (case when pbx_at is null then hub_ended_at else pbx_ended_at end) stored,
  outcome text generated always as (case when pbx_at is null then hub_outcome else pbx_outcome end) stored,
  sip_code int generated always as (case when pbx_at is null then hub_sip_code else pbx_sip_code end) stored,
  hangup_by text generated always as (coalesce(pbx_hangup_by, hub_hangup_by)) stored,
  differs text[] generated always as (dci.differences(hub_at, pbx_at, hub_outcome, pbx_outcome,
    hub_answered_at, hub_ended_at, pbx_answered_at, pbx_ended_at)) stored,
  primary key (started_at, call_id)
) partition by range (started_at);
create index cdr_slot on dci.cdr (slot, started_at) where slot is not null;
create index cdr_campaign on dci.cdr (campaign_id, started_at) where campaign_id is not null;

-- Both views of a call whose halves differ, for the events log; null when they do not.
create function dci.difference_detail(c dci.cdr) returns jsonb language sql stable
return case when c.differs is not null then jsonb_build_object(
  'differs', c.differs, 'slot', c.slot, 'attempt', c.attempt_id,
  'hub', jsonb_build_object('outcome', c.hub_outcome, 'answered_at', c.hub_answered_at, 'ended_at', c.hub_ended_at),
  'pbx', jsonb_build_object('outcome', c.pbx_outcome, 'answered_at', c.pbx_answered_at, 'ended_at', c.pbx_ended_at)) end;

create sequence dci.events_log_id as bigint;
create table dci.events_log (        -- one of the three log tables: what happened, except what security keeps for itself
  id bigint not null default nextval('dci.events_log_id'),
  at timestamptz not null default now(),
  kind text not null check (kind ~ '^[a-z][a-z0-9_.]{1,80}$'),
  severity text not null default 'info' check (severity in ('info', 'warning', 'error')),
  subject text not null default '',  -- 'call:<uuid>', 'slot:7001', 'campaign:<uuid>'; never a phone number
  trail text,
  detail jsonb not null default '{}',
  primary key (at, id)
) partition by range (at);
create index events_log_by_id on dci.events_log (id);
create index events_log_by_subject on dci.events_log (subject, id) where subject <> '';
create index events_log_by_kind on dci.events_log (kind, id);

-- The month's partition of `parent` (cdr or events_log) that holds `moment`. Made beside the table and attached, so that
-- readers and writers of other months go on.
create function dci.ensure_month(parent text, moment timestamptz) returns boolean language plpgsql as $$
declare
  first date := date_trunc('month', moment at time zone 'UTC')::date;
  part text := format('%s_%s', parent, to_char(first, 'YYYY_MM'));
begin
  if to_regclass(format('dci.%I', part)) is not null then return false; end if;
  perform pg_advisory_xact_lock(hashtext('dci.ensure_month'));
  if to_regclass(format('dci.%I', part)) is not null then return false; end if;
  execute format('create table dci.%I (like dci.%I including all)', part, parent);
  execute format('alter table dci.%I attach partition dci.%I for values from (%L) to (%L)', parent, part,
    first::timestamp at time zone 'UTC', (first + interval '1 month')::timestamp at time zone 'UTC');
  return true;
end $$;

-- This month and the next three, of both tables; answers how many were made.
create function dci.make_partitions() returns int language sql as $$
  select coalesce(sum(dci.ensure_month(t, now() + make_interval(months => m))::int), 0)::int
  from unnest(array['cdr', 'events_log']) t, generate_series(0, 3) m
$$;
select dci.make_partitions();
