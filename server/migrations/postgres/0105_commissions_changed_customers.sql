-- Whose facts a month is due for, as long as they are few: where every customer is paid by itself, only they are calculated again.
alter table commissions.dirty add column customers bigint[]; -- null: anybody's may have changed, or more than facts
