-- The fleet: links are fenced, slots know how far their hub has spoken, and the rows that change with every status have
-- room to change in place.
alter table ottb.hub
  add column link_fence bigint not null default 0,   -- +1 with every accepted hello; an older session sees it and ends
  add column linked_at timestamptz,
  add column reconciled_at timestamptz,              -- the snapshot of the present link was compared
  add column virtual_slots int not null default 0,   -- virtual slots approved at enrolment
  add column retired boolean not null default false;

alter table ottb.slot
  add column seen_epoch bigint not null default 0;   -- highest epoch that the hub has spoken in

-- An index over a column that changes with every lease would forbid in-place updates; the sweep reads the table instead.
drop index ottb.slot_lease_until_idx;
alter table ottb.slot set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
alter table ottb.hub set (fillfactor = 50);

create index slot_transition_stale on ottb.slot_transition (received_at) where stale;

create table ottb.hub_run (           -- every run of every archont: one that comes back after it was replaced is a copy
  hub_id uuid not null references ottb.hub on delete cascade,
  run_id text not null,
  generation bigint not null,
  boot_id text not null,
  first_seen timestamptz not null default now(),
  replaced_at timestamptz,
  primary key (hub_id, run_id)
);

create table ottb.hub_event (         -- what hubs report besides transitions, and what the server notices about them
  id bigint generated always as identity primary key,
  hub_id uuid not null references ottb.hub on delete cascade,
  n bigint,                           -- the hub's own number; null: noticed by the server
  kind text not null, severity text not null check (severity in ('info', 'warning', 'error')),
  slot text, detail text not null default '', trail text,
  at timestamptz not null, received_at timestamptz not null default now(),
  unique (hub_id, n)
);
create index on ottb.hub_event (hub_id, id desc);
create index on ottb.hub_event (slot, id desc) where slot is not null;

create index on ottb.command (slot, created_at desc) where slot is not null;
create index on ottb.command (hub_id, created_at desc);
create index on ottb.device (hub_id);
create index on ottb.device_history (device_id);
alter table ottb.command add column n bigint;   -- its number in the hub's outbox

-- Trunks: what a dialect leaves to the edge, and the quality that is asked of the trunk.
alter table ottb.trunk
  add constraint trunk_simulated_is_local check (not simulated or host ~ '^127\.' or host in ('localhost', '::1')),
  add column auth_realm text not null default '',
  add column retired boolean not null default false;
