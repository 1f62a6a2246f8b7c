-- Every word of every hub goes into the history: one index must do. A numbered word of a hub is about one slot, so this order keeps a
-- word from being stored twice just as well; a slot's timeline and what a hub said last of it are read along it.
alter table ottb.slot_transition drop constraint slot_transition_pkey;
drop index ottb.slot_transition_slot_n_idx;
alter table ottb.slot_transition add primary key (slot, hub_id, n);
