-- POINT: identities of hubs. The private key never leaves the hub; here are fingerprints (SHA-256 hex of the DER).
create table point.archont (
  id uuid primary key,
  short_id text not null unique check (short_id ~ '^[0-9a-f]{12}$'),
  label text not null unique check (label ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  kind text not null check (kind in ('AUTO', 'MF', 'LS')),
  state text not null default 'pending' check (state in ('pending', 'active', 'revoked')),
  fingerprint text unique,               -- in force
  expires_at timestamptz,
  next_fingerprint text unique,          -- renewed, not yet seen in use; its first use puts it in force
  next_expires_at timestamptz,
  enrolled_at timestamptz,
  renewed_at timestamptz,
  revoked_at timestamptz,
  revoked_why text,
  version bigint not null default 1,
  created_at timestamptz not null default now()
);
create trigger announce after insert or update on point.archont
  for each row execute function point.announce('archont', 'id');

create table point.enrol_token (
  hash bytea primary key check (octet_length(hash) = 32),
  archont uuid not null references point.archont on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  made_by text not null,
  created_at timestamptz not null default now()
);
create index on point.enrol_token (archont);
