-- The PBX's half of CDRs: what Kamailio and Asterisk saw, written by the server. It meets the hub's half by our call id,
-- whichever came first; a repeat changes nothing. Answers how many halves were new.
create function dci.merge_pbx_facts(facts jsonb) returns int language plpgsql
  set search_path = pg_catalog, dci, pg_temp as $$
declare
  new_halves int;
begin
  perform dci.ensure_month('cdr', m) from (select distinct date_trunc('month', (f ->> 'started_at')::timestamptz, 'UTC') m
    from jsonb_array_elements(facts) f) months;
  insert into dci.cdr_key (call_id, started_at)
    select f.call_id, min(f.started_at) from jsonb_to_recordset(facts) as f(call_id uuid, started_at timestamptz)
    group by f.call_id order by f.call_id on conflict do nothing;
  with joined as (
    insert into dci.cdr as c (call_id, started_at, trail, direction, slot, attempt_id, campaign_id, trunk_id, slot_call_id,
      lead_call_id, pbx_at, pbx_started_at, pbx_ringing_at, pbx_answered_at, pbx_ended_at, pbx_outcome, pbx_sip_code, pbx_q850,
      pbx_hangup_by, pbx_rtp_sent, pbx_rtp_received, pbx_dtmf)
    select distinct on (f.call_id) f.call_id, k.started_at, f.trail, f.direction, f.slot, f.attempt_id, f.campaign_id, f.trunk_id,
      f.slot_call_id, f.lead_call_id, now(), f.started_at, f.ringing_at, f.answered_at, f.ended_at, f.outcome, f.sip_code, f.q850,
      f.hangup_by, f.rtp_sent, f.rtp_received, f.dtmf
    from jsonb_to_recordset(facts) as f(call_id uuid, trail text, direction text, slot text, attempt_id uuid, campaign_id uuid,
      trunk_id int, slot_call_id text, lead_call_id text, started_at timestamptz, ringing_at timestamptz,
      answered_at timestamptz, ended_at timestamptz, outcome text, sip_code int, q850 int, hangup_by text, rtp_sent bigint,
      rtp_received bigint, dtmf text)
    join dci.cdr_key k on k.call_id = f.call_id
    order by f.call_id
    on conflict (started_at, call_id) do update set
      trail = coalesce(excluded.trail, c.trail), slot = coalesce(c.slot, excluded.slot),
      attempt_id = coalesce(excluded.attempt_id, c.attempt_id), campaign_id = coalesce(excluded.campaign_id, c.campaign_id),
      direction = excluded.direction, trunk_id = excluded.trunk_id,
      slot_call_id = coalesce(nullif(c.slot_call_id, ''), excluded.slot_call_id), lead_call_id = excluded.lead_call_id,
      pbx_at = excluded.pbx_at, pbx_started_at = excluded.pbx_started_at, pbx_ringing_at = excluded.pbx_ringing_at,
      pbx_answered_at = excluded.pbx_answered_at, pbx_ended_at = excluded.pbx_ended_at, pbx_outcome = excluded.pbx_outcome,
      pbx_sip_code = excluded.pbx_sip_code, pbx_q850 = excluded.pbx_q850, pbx_hangup_by = excluded.pbx_hangup_by,
      pbx_rtp_sent = excluded.pbx_rtp_sent, pbx_rtp_received = excluded.pbx_rtp_received, pbx_dtmf = excluded.pbx_dtmf
    where c.pbx_at is null
    returning c.call_id, c.trail, c.differs, dci.difference_detail(c) as detail
  ), noted as (
    insert into dci.events_log (kind, severity, subject, trail, detail)
    select 'cdr_disagreement', 'warning', 'call:' || call_id, trail, detail from joined where differs is not null
  )
  select count(*) into new_halves from joined;
  return new_halves;
end $$;

revoke all on function dci.merge_pbx_facts(jsonb) from public;

-- What other modules may read: one row per call, merged.
create view dci.call as
  select call_id, started_at, ringing_at, answered_at, ended_at, direction, outcome, sip_code, hangup_by, slot, attempt_id,
    campaign_id, trunk_id, trail, differs
  from dci.cdr;
