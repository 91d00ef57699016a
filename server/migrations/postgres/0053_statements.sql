-- statements: what a partner is told stands apart from how it is paid (docs/adr/0025). The room of payouts begins anew with payout batches.
alter schema payouts rename to statements;

alter table statements.statement
  add column run_id      text,               -- the commission run that closed it; null: closed alone
  add column approved_by text,               -- who released it for payout, as its run says
  add column approved_at timestamptz,
  add check ((approved_by is null) = (approved_at is null)),
  add check (approved_at is null or closed_at is not null);
create index statement_by_run on statements.statement (run_id) where run_id is not null;
create index statement_to_pay on statements.statement (partner_id, currency) where status = 'closed';

-- ledger: the movements around a payout (server/src/ledger/core/recipes.ts).
alter table ledger.account drop constraint account_kind_check;
alter table ledger.account add constraint account_kind_check check (kind in (
  'commission_expense', 'partner_held', 'partner_payable', 'partner_reserve', 'payout_clearing', 'bank', 'bank_fees', 'payout_fees', 'withheld_tax',
  'input_vat', 'write_offs', 'fx_clearing', 'set_off_clearing'));
alter table ledger.transfer drop constraint transfer_recipe_check;
alter table ledger.transfer add constraint transfer_recipe_check check (recipe in (
  'accrue', 'hold', 'release', 'reverse', 'claw_back', 'adjust', 'settle', 'return', 'write_off', 'reserve', 'release_reserve', 'withhold_tax', 'add_vat',
  'charge_fee', 'convert_out', 'convert_in', 'set_off_out', 'set_off_in', 'bank_out', 'bank_in', 'bank_fee'));
