-- The edge's tables, of one instant: each line is a table's name and its fields (engines/kamailio/tables). A row that has not the
-- shape written here is left out rather than passed on: the edge must never stumble over it.
begin isolation level repeatable read read only;

select 'cred', number, ha1
from sip.credential
where number ~ '^[0-9]{4,6}$' and ha1 ~ '^[0-9a-f]{32}$';

select 'did', did, target
from sip.did
where did ~ '^[+][0-9]{5,15}$' and target ~ '^(slot:[678][0-9]{3,5}|(service|queue):1[0-9]{3})$';

select 'dnc', hash, '1'
from sip.dnc
where hash ~ '^[0-9a-f]{64}$'
limit :most;

with good as (
  select *, 'sip:' || host || ':' || port || case transport when 'udp' then '' else ';transport=' || transport end as uri,
         case when from_domain = '' then :'realm' else from_domain end as from_host,
         min(id) over (partition by host, port) as side  -- several trunks may stand at one address
  from sip.trunk
  where id between 1 and 99999999 and host ~ '^[A-Za-z0-9.-]{1,120}$' and port between 1 and 65535
    and transport in ('udp', 'tcp', 'tls') and cps between 1 and 1000 and channels between 0 and 100000
    and strip between 0 and 4 and prefix ~ '^[+0-9]{0,12}$' and inbound_prefix ~ '^[+]?[0-9]{0,4}$'
    and identity in ('pai', 'rpid', 'none') and from_user ~ '^[A-Za-z0-9+._-]{0,64}$'
    and from_domain ~ '^[A-Za-z0-9.-]{0,120}$' and auth_user ~ '^[A-Za-z0-9+._-]{0,64}$'
    and auth_realm ~ '^[A-Za-z0-9._-]{0,64}$' and auth_ha1 ~ '^([0-9a-f]{32})?$' and register_every between 0 and 86400
), field as (
  select id, f.name, f.value
  from good, lateral (values
    ('uri', uri), ('side', side::text), ('domain', host || ':' || port), ('cps', cps::text), ('channels', channels::text),
    ('strip', strip::text), ('prefix', prefix), ('inbound_prefix', inbound_prefix), ('from_user', from_user),
    ('from_domain', from_host), ('identity', identity), ('auth_user', auth_user), ('auth_realm', auth_realm),
    ('auth_ha1', auth_ha1), ('probe', case when probe then 'yes' else 'no' end)) as f(name, value)
  where f.value <> ''
), peer as (
  select address, min(side) as side
  from (
    select address, side from sip.peer join good on good.id = trunk where address ~ '^[0-9a-f.:]{3,45}$'
    union
    select host || ':' || port, side from good where host ~ '^[0-9.]+$'
  ) as known
  group by address
)
select line from (
  select concat_ws(E'\t', 'trunk', id || ':' || name, value) as line from field
  union all
  select concat_ws(E'\t', 'peer', address, side) from peer
  union all
  select concat_ws(E'\t', 'dispatcher', (1000 + id) || ' ' || uri || ' 0 0') from good where probe
  union all
  select concat_ws(E'\t', 'uacreg', 'trunk' || id, 'edge', :'realm', auth_user, host, auth_realm, auth_user, '.', auth_ha1, uri,
         register_every, 0, 0, :'edge', case transport when 'udp' then 'udp:' || :'edge' else '.' end)
  from good where register_every > 0 and auth_user <> '' and auth_realm <> '' and auth_ha1 <> ''
) as t;
