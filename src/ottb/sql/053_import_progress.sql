-- How far an import has come, told outside of its transaction: rows read and what became of them, and the share of the file.
alter table ottb.import add column bytes bigint, add column bytes_read bigint not null default 0, add column told_at timestamptz;
