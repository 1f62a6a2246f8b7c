-- POINT: the second factor of people. The secret is sealed under the site key at its own row's place.
create table point.second_factor (
  person uuid primary key references point.person on delete cascade,
  sealed_secret bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,              -- null: offered, not yet shown to work; nobody is asked for it
  last_step bigint not null default 0    -- of the last code that was taken; no step is taken twice (RFC 6238, 5.2)
);

create table point.recovery_code (
  person uuid not null references point.second_factor on delete cascade,
  hash bytea not null check (octet_length(hash) = 32),
  used_at timestamptz,
  primary key (person, hash)
);
