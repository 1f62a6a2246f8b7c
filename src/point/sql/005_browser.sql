-- POINT: sessions of browsers. The cookie's text is random and known to the browser alone; here is its SHA-256, under a
-- table of its own, so that a cookie cannot be spent as a token of another kind.
create table point.browser_token (
  hash bytea primary key check (octet_length(hash) = 32),
  session uuid not null unique references point.session on delete cascade
);
create trigger announce after insert on point.browser_token
  for each row execute function point.announce('browser', 'session');
