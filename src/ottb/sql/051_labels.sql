-- What other modules may call campaigns, trunks and hubs by.
create view ottb.label as
  select 'campaign' as kind, id::text as id, name as label from ottb.campaign
  union all select 'trunk', id::text, name from ottb.trunk
  union all select 'hub', id::text, label from ottb.hub;
