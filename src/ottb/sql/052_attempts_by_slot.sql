-- What one slot did, newest first, is asked for from its page.
create index attempt_slot_age on ottb.attempt (slot, id);
