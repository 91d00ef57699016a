-- ledger: a posting is written with its transfer by the one function that books, after its accounts were opened in the same transaction,
-- and nothing here is ever deleted. Two foreign keys looked that up again for every posting, which was nearly half of the price of
-- booking; verify proves it for all postings at once (docs/adr/0015).
alter table ledger.posting drop constraint posting_transfer_id_fkey, drop constraint posting_account_id_fkey;
