-- POINT: the security audit log. Numbers have no gaps, each row's hash covers its predecessor's (src/point/chain.hpp).
create table point.audit_head (          -- its row lock puts all writers in one line
  one boolean primary key default true check (one),
  chain uuid not null default gen_random_uuid(),
  seq bigint not null default 0,
  hash bytea
);
insert into point.audit_head default values;

create table point.security_audit_log (
  seq bigint primary key check (seq > 0),
  at timestamptz not null,
  actor text not null,
  action text not null,
  object text not null,
  allowed boolean not null,
  trail text not null,
  detail text not null check (jsonb_typeof(detail::jsonb) = 'object'),  -- canonical JSON
  prev_hash bytea not null check (octet_length(prev_hash) = 32),
  hash bytea not null unique check (octet_length(hash) = 32)
);
create index on point.security_audit_log (actor, seq);
create index on point.security_audit_log (action, seq);
create index on point.security_audit_log (object, seq);
create index on point.security_audit_log (at);

create function point.append_only() returns trigger language plpgsql as $$
begin
  raise exception 'point.security_audit_log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on point.security_audit_log
  for each row execute function point.append_only();
create trigger append_only_whole before truncate on point.security_audit_log
  for each statement execute function point.append_only();
