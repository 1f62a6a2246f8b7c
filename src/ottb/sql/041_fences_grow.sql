-- The edge remembers the highest fence it has met, longer than a database may live: a database made anew must not begin below it.
-- Owners change at most once in 3.5 s, so a fence that begins at the clock stays ahead of every earlier one.
alter table ottb.lease alter column fence set default extract(epoch from clock_timestamp() - timestamptz '2026-01-01 00:00:00Z')::bigint;
