-- What the SIP edge may know, as views that role kamailio reads (engines/kamailio/README.md: columns and shapes). A trunk's dialect
-- is JSON written by people: a field of the wrong shape counts as absent here, so that one bad trunk never keeps the edge from
-- reading the others.
create schema if not exists sip;
drop view if exists sip.credential, sip.did, sip.dnc, sip.peer, sip.trunk;

create view sip.credential as
  select number, sip_ha1 as ha1 from ottb.slot where not retired and sip_ha1 is not null;

create view sip.did as
  select number as did, target from ottb.did;

-- lists that stop every call; a campaign's own list is the permit engine's business
create view sip.dnc as
  select distinct edge_hash as hash from ottb.dnc where scope in ('global', 'national');

create view sip.trunk as
  select id, host, port, transport, cps, channels,
         case when dialect ->> 'strip' ~ '^[0-4]$' then (dialect ->> 'strip')::int else 0 end as strip,
         coalesce(dialect ->> 'prefix', '') as prefix,
         coalesce(dialect ->> 'inbound_prefix', '+') as inbound_prefix,
         coalesce(dialect ->> 'from_user', '') as from_user,
         coalesce(dialect ->> 'from_domain', '') as from_domain,
         case when dialect ->> 'identity' in ('pai', 'rpid', 'none') then dialect ->> 'identity' else 'pai' end as identity,
         coalesce(auth_user, '') as auth_user, coalesce(auth_realm, '') as auth_realm, coalesce(auth_ha1, '') as auth_ha1,
         case when mode <> 'register' then 0
              when dialect ->> 'register_every' ~ '^[0-9]{2,5}$' then (dialect ->> 'register_every')::int
              else 600 end as register_every,
         coalesce(dialect ->> 'probe', '') <> 'false' as probe
  from ottb.trunk
  where enabled and not retired;

create view sip.peer as
  select t.id as trunk, p.address
  from ottb.trunk t,
       jsonb_array_elements_text(case when jsonb_typeof(t.dialect -> 'peers') = 'array' then t.dialect -> 'peers' else '[]' end)
         as p(address)
  where t.enabled and not t.retired
  union
  select id, host from ottb.trunk where enabled and not retired and host ~ '^[0-9.]+$';

do $$ begin
  if exists (select from pg_roles where rolname = 'kamailio') then
    grant usage on schema sip to kamailio;
    grant select on all tables in schema sip to kamailio;
  end if;
end $$;
