-- ledger: a transfer names the two accounts that it moves between, by their numbers. Its two postings follow from that and are a view: what
-- cannot be written apart cannot come apart, and booking costs one row and not three (docs/adr/0051).
alter table ledger.account add column account_number integer generated always as identity unique;

alter table ledger.transfer disable trigger transfer_append_only;
alter table ledger.transfer add column debit_account integer, add column credit_account integer;
update ledger.transfer t
set debit_account = legs.debit, credit_account = legs.credit
from (
  select p.transfer_id, max(a.account_number) filter (where p.amount_minor = m.amount_minor) as debit,
         max(a.account_number) filter (where p.amount_minor <> m.amount_minor) as credit
  from ledger.posting p join ledger.account a using (account_id) join ledger.transfer m using (transfer_id)
  group by p.transfer_id having count(*) = 2 and sum(p.amount_minor) = 0
) legs
where legs.transfer_id = t.transfer_id;
do $$ begin
  if exists (select from ledger.transfer where debit_account is null or credit_account is null)
    or exists (select from ledger.posting p left join ledger.transfer t using (transfer_id) where t.transfer_id is null) then
    raise exception 'there are transfers without their two postings, or postings without a transfer: run verify with the version before';
  end if;
end $$;
alter table ledger.transfer alter column debit_account set not null, alter column credit_account set not null,
  add constraint transfer_two_accounts_check check (debit_account <> credit_account);
alter table ledger.transfer enable trigger transfer_append_only;

drop table ledger.posting;
create view ledger.posting with (security_invoker) as
select t.transfer_id, a.account_id, side.amount_minor -- debit positive, credit negative
from ledger.transfer t
cross join lateral (values (t.debit_account, t.amount_minor), (t.credit_account, -t.amount_minor)) as side (account_number, amount_minor)
join ledger.account a using (account_number);
grant select on ledger.posting to tributary_portal;

-- A partner's transfers are asked for from the newest on, in whatever currency.
drop index ledger.transfer_by_partner;
create index transfer_by_partner on ledger.transfer (partner_id, transfer_id);

-- Nearly all transfers book a commission line, and the key that books it once begins with the line's: by that they are found, without an
-- index of their own. The check is what makes it true. The others are few, and found among themselves.
drop index ledger.transfer_by_source;
create index transfer_by_source on ledger.transfer (source_key) where idempotency_key not like 'line:%';
create index transfer_beside_lines on ledger.transfer (transfer_id) where idempotency_key not like 'line:%';
alter table ledger.transfer add constraint transfer_line_key_check
  check (idempotency_key not like 'line:%' or (starts_with(idempotency_key, 'line:' || source_key || ':')
    and recipe in ('accrue', 'hold', 'release', 'reverse', 'claw_back')));
