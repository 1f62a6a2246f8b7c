-- Attempts are looked at by campaign and age (their ids grow with time): the last one of a campaign, its newest page. Counting by outcome
-- needs the campaign alone, so this index takes the place of the one by outcome.
create index attempt_campaign_age on ottb.attempt (campaign_id, id);
drop index ottb.attempt_campaign;
