-- POINT: people, roles, sessions, signing keys. What a running server must learn at once is announced on the channel
-- point_changed in the transaction that changes it, as kind:id.
create schema point;

create function point.announce() returns trigger language plpgsql as $$
declare
  changed text;
begin
  execute format('select ($1).%I::text', tg_argv[1]) into changed using case when tg_op = 'DELETE' then old else new end;
  perform pg_notify('point_changed', tg_argv[0] || ':' || changed);
  return null;
end $$;

create table point.permission (
  name text primary key,
  meaning text not null
);

create table point.role (
  name text primary key,
  meaning text not null,
  machine boolean not null,
  version bigint not null default 1
);

create table point.role_permission (
  role text not null references point.role on delete cascade,
  permission text not null references point.permission on delete cascade,
  primary key (role, permission)
);
create trigger announce after update of version on point.role
  for each row execute function point.announce('role', 'name');

create table point.person (
  id uuid primary key,
  login text not null unique check (login ~ '^[a-z0-9][a-z0-9._@-]{1,62}$'),
  display_name text not null check (length(display_name) between 1 and 100),
  password_hash text,                    -- argon2id, PHC; null: cannot sign in
  must_change boolean not null default true,
  password_until timestamptz,            -- end of a one-time password
  state text not null default 'active' check (state in ('active', 'disabled')),
  roles text[] not null default '{}',
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger announce after insert or update of state, roles, must_change, display_name on point.person
  for each row execute function point.announce('person', 'id');

create table point.session (             -- one family of refresh tokens, or one service token
  id uuid primary key,
  person uuid references point.person,
  service_role text references point.role,
  generation bigint not null default 1,  -- of the refresh token in force; order is by this number, never by time
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,       -- absolute
  address text not null,
  agent text not null default '',
  made_by text not null default '',
  revoked_at timestamptz,
  revoked_why text,
  check ((person is null) <> (service_role is null))
);
create index on point.session (person, created_at desc) where revoked_at is null;
create index on point.session (revoked_at) where revoked_at is not null;
create index on point.session (expires_at) where service_role is not null and revoked_at is null;
create trigger announce_end after update of revoked_at on point.session
  for each row when (new.revoked_at is not null and old.revoked_at is null)
  execute function point.announce('session', 'id');
create trigger announce_service after insert on point.session
  for each row when (new.service_role is not null) execute function point.announce('session', 'id');

create table point.refresh_token (
  hash bytea primary key check (octet_length(hash) = 32),
  session uuid not null references point.session on delete cascade,
  generation bigint not null,
  expires_at timestamptz not null,       -- idle limit
  used_at timestamptz,
  unique (session, generation)
);

create table point.signing_key (
  kid text primary key,
  public_key bytea not null check (octet_length(public_key) = 32),
  sealed_seed bytea not null,
  state text not null check (state in ('next', 'active', 'retired', 'revoked')),
  created_at timestamptz not null,
  active_at timestamptz,
  retired_at timestamptz,
  last_expiry timestamptz                -- of the longest service token it signed
);
create unique index signing_key_one_next on point.signing_key ((true)) where state = 'next';
create unique index signing_key_one_active on point.signing_key ((true)) where state = 'active';
create trigger announce after insert or update of state, last_expiry on point.signing_key
  for each row execute function point.announce('key', 'kid');

create table point.login_backoff (
  key text primary key,                  -- path, scope and the hash of what it counts; never a login in clear
  failures int not null,
  until timestamptz not null,
  updated_at timestamptz not null
);
create index on point.login_backoff (updated_at);
