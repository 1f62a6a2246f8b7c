-- The edge's tables, of one instant: each line is FILE, tab, one line of that file. A row that has not the shape written here is
-- left out rather than passed on: the edge must never stumble over it. In a db_text value a colon is escaped.
begin isolation level repeatable read read only;

select 'cred' || E'\t' || number || ':0:0:' || ha1
from sip.credential
where number ~ '^[0-9]{4,6}$' and ha1 ~ '^[0-9a-f]{32}$'
order by number;

select 'did' || E'\t' || did || ':0:0:' || replace(target, ':', '\:')
from sip.did
where did ~ '^[+][0-9]{5,15}$' and target ~ '^(slot:[678][0-9]{3,5}|(service|queue):1[0-9]{3})$'
order by did;

select 'dnc' || E'\t' || hash || ':0:1:1'
from sip.dnc
where hash ~ '^[0-9a-f]{64}$'
order by hash;

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
    ('uri', uri), ('side', side::text), ('domain', host || ':' || port), ('cps', cps::text), ('channels', channels::text), ('strip', strip::text),
    ('prefix', prefix), ('inbound_prefix', inbound_prefix), ('from_user', from_user), ('from_domain', from_host),
    ('identity', identity), ('auth_user', auth_user), ('auth_realm', auth_realm), ('auth_ha1', auth_ha1),
    ('probe', case when probe then 'yes' else 'no' end)) as f(name, value)
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
  select 1 as part, id, name as nth, 'trunk' || E'\t' || id || '\:' || name || ':0:0:' || replace(value, ':', '\:') as line from field
  union all
  select 2, side, address, 'peer' || E'\t' || replace(address, ':', '\:') || ':0:0:' || side from peer
  union all
  select 3, id, '', 'dispatcher.list' || E'\t' || (1000 + id) || ' ' || uri || ' 0 0' from good where probe
  union all
  select 4, id, '', 'uacreg' || E'\t' || concat_ws(':', id, 'trunk' || id, 'edge', :'realm', auth_user, host, auth_realm, auth_user, '.',
         auth_ha1, replace(uri, ':', '\:'), register_every, 0, 0, replace(:'edge', ':', '\:'),
         case transport when 'udp' then 'udp\:' || replace(:'edge', ':', '\:') else '.' end)
  from good where register_every > 0 and auth_user <> '' and auth_realm <> '' and auth_ha1 <> ''
) as t order by part, id, nth;
