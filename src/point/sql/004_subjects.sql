-- POINT: one data key per person whose number is kept. Erasing the row makes all that it sealed unreadable for ever.
create table point.subject (
  phone_index bytea primary key check (octet_length(phone_index) = 32),  -- blind index
  wrapped_key bytea not null,
  created_at timestamptz not null default now()
);
