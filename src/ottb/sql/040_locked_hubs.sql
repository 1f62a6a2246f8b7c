-- A hub whose identity is locked or revoked is out of SIP too: its slots' credentials leave the edge until it is let in
-- again. Calls under way end by themselves.
create or replace view sip.credential as
  select s.number, s.sip_ha1 as ha1
  from ottb.slot s join ottb.hub h on h.id = s.hub_id
  where not s.retired and s.sip_ha1 is not null and not h.locked and not h.retired;
