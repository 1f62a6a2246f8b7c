-- Dialling: what the pacer, the permit desk and imports need beyond the core.
alter table ottb.campaign
  add column purpose text not null default 'service' check (purpose in ('service', 'survey', 'advertising', 'collection'));

alter table ottb.lead
  add column zones text[] not null default '{}',   -- where the callee may be: all of them must allow the call
  add column zones_version text,                   -- of the number-to-zones table
  add column last_n int not null default 0;        -- of the last attempt, counted or not
alter table ottb.lead set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

-- A lead moves through its states often: small partial indexes, so that a million finished leads cost nothing.
create index lead_queued on ottb.lead (campaign_id) where state = 'queued';
create index lead_import on ottb.lead (import_id) where import_id is not null;
create index lead_list on ottb.lead (campaign_id, id);

-- The person behind an attempt, as a blind index: rolling caps look here, and nobody is in two live attempts at once,
-- whatever the number of campaigns that want to call.
alter table ottb.attempt add column phone_index bytea not null;
create unique index attempt_one_live on ottb.attempt (phone_index) where state in ('permitted', 'dialling', 'ringing', 'answered');
create index attempt_person on ottb.attempt (phone_index, queued_at);
drop index ottb.attempt_campaign_id_state_idx;
create index attempt_campaign on ottb.attempt (campaign_id, outcome);
alter table ottb.attempt set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
alter table ottb.permit set (fillfactor = 80);
alter table ottb.outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create table ottb.trunk_pace (        -- tokens of a trunk's calls per second, shared by all campaigns and servers
  trunk_id int primary key references ottb.trunk on delete cascade,
  tokens double precision not null,
  at timestamptz not null
) with (fillfactor = 50);

create table ottb.search (            -- a number asked for once; URLs carry the id
  id uuid primary key, phone_index bytea not null, asked_by text not null,
  expires_at timestamptz not null default now() + interval '1 hour'
);
create index on ottb.search (expires_at);

-- What every installation begins with. `strict` is the default of a new campaign; `demo` has no calling windows, so it is
-- refused on every trunk that is not simulated.
insert into ottb.profile (id, name, version, document) values
  ('01900000-0000-7000-8000-000000000001', 'strict', 1,
   '{"consent_required":true,
     "windows":[{"days":["mon","tue","wed","thu","fri"],"from":"09:00","to":"20:00"},{"days":["sat"],"from":"10:00","to":"18:00"}],
     "caps":[{"hours":24,"most":1},{"hours":168,"most":2},{"hours":744,"most":8}],
     "machine_advertising":false,
     "sources":["47 CFR 64.1200(c)(1) and Fla. Stat. 501.616: not before 08:00 or after 20:00 at the called party, 3 calls in 24 hours",
                "230-FZ art. 7: once a day, twice a week, eight times a month",
                "38-FZ art. 18: consent first; no advertising by automatic dialling without a person"]}'),
  ('01900000-0000-7000-8000-000000000002', 'demo', 1,
   '{"consent_required":true,"caps":[{"hours":24,"most":3}],"sources":["simulated trunks on the loopback only"]}');

insert into ottb.flow (id, name, version, document) values
  ('01900000-0000-7000-8000-000000000003', 'demo', 1,
   '{"start":"welcome","nodes":{
      "welcome":{"play":["welcome"],"language":"en","gather":{"max":1,"timeout_ms":4000},
                 "branch":{"1":"interested","9":"opt_out","":"goodbye","else":"goodbye"}},
      "interested":{"play":["thanks"],"next":"end"},
      "opt_out":{"opt_out":true,"play":["opt_out_done"],"next":"end"},
      "goodbye":{"play":["goodbye"],"next":"end"},
      "end":{"hang_up":true}}}');
