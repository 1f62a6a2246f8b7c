-- A trunk's bare address means "whoever sends from there is this trunk". On this machine's own address stand the edge and
-- slots as well: a trunk there is known by address and port only (the snapshot adds those for every trunk).
create or replace view sip.peer as
  select t.id as trunk, p.address
  from ottb.trunk t,
       jsonb_array_elements_text(case when jsonb_typeof(t.dialect -> 'peers') = 'array' then t.dialect -> 'peers' else '[]' end)
         as p(address)
  where t.enabled and not t.retired
  union
  select id, host from ottb.trunk
  where enabled and not retired and host ~ '^[0-9.]+$' and host not in ('127.0.0.1', '127.0.0.2');
