-- reconciliation: the bank beside the payouts, three accounts of the same conversions, the ledger on its way to accounting (docs/adr/0032).
create schema reconciliation;

create table reconciliation.bank_account (
  bank_account_id text primary key,
  name          text not null,
  identity      text not null unique,            -- the normalised IBAN or number, and the currency
  iban          text,
  number        text,
  bic           text,
  currency      text not null check (currency ~ '^[A-Z]{3}$'),
  auto_score    integer not null default 85 check (auto_score between 60 and 100), -- matched without a person from here on
  fee_minor     bigint not null default 0 check (fee_minor >= 0),                  -- the bank may keep this much of a movement
  mappings      jsonb not null default '{}',     -- how sheets are read, by their columns
  created_by    text not null,
  created_at    timestamptz not null,
  revision      integer not null default 1
);

-- The same bytes are taken once; the file itself is kept as evidence.
create table reconciliation.bank_file (
  file_id         text primary key,
  content_hash    text not null unique,
  name            text not null,
  bytes           bytea not null,
  size            integer not null,
  format          text,
  variant         text,
  state           text not null check (state in ('mapping', 'read', 'refused')),
  sentence        text,                          -- why it was refused, or what is wanted
  bank_account_id text references reconciliation.bank_account, -- given with it
  mapping         jsonb,                         -- by which a sheet was read
  guess           jsonb,                         -- GuessedMapping, while it waits for a person
  statements      integer not null default 0,
  entries         integer not null default 0,    -- booked entries in it
  fresh           integer not null default 0,    -- of which were not known
  pending         integer not null default 0,    -- announced by the bank, not booked
  uploaded_by     text not null,
  uploaded_at     timestamptz not null
);
alter table reconciliation.bank_file alter column bytes set storage external;
create index bank_file_newest on reconciliation.bank_file (file_id desc);

create table reconciliation.bank_statement (
  statement_id    text primary key,
  bank_account_id text not null references reconciliation.bank_account,
  file_id         text not null references reconciliation.bank_file,
  kind            text not null check (kind in ('statement', 'report', 'notification')),
  number          text,
  identity        text not null,                 -- same again: the same kind, days, balances and number
  from_day        date,
  to_day          date,
  opening_minor   bigint,
  closing_minor   bigint,
  entries         integer not null,
  fresh           integer not null,
  state           text not null check (state in ('taken', 'held', 'accepted', 'rejected', 'duplicate')),
  problems        jsonb not null default '[]',   -- [{code: unbalanced | gap | unreadable, sentence}]
  uploaded_by     text not null,
  taken_at        timestamptz not null,
  decided_by      text,
  decided_at      timestamptz,
  reason          text,
  check ((state in ('accepted', 'rejected')) = (decided_by is not null)),
  check (decided_by is null or decided_by <> uploaded_by)
);
create unique index bank_statement_once on reconciliation.bank_statement (bank_account_id, identity) where state <> 'duplicate';
create index bank_statement_by_day on reconciliation.bank_statement (bank_account_id, to_day desc);

create table reconciliation.bank_entry (
  entry_id        bigint generated always as identity primary key,
  bank_account_id text not null references reconciliation.bank_account,
  statement_id    text not null references reconciliation.bank_statement,
  position        integer not null,
  family          text not null,                 -- iso, swift, ofx, bai, sheet: formats that word an entry in the same way
  bank_reference  text,
  content_key     text not null,
  booked_on       date not null,
  value_on        date,
  currency        text not null,
  amount_minor    bigint not null check (amount_minor <> 0),   -- credit positive
  state           text not null check (state in ('held', 'open', 'suggested', 'matched', 'booked', 'ignored', 'dropped')),
  end_to_end_id   text,
  refs            text[] not null default '{}',  -- everything it could be found by, normalised
  name            text,
  account         text,
  text            text not null,
  returned        text,
  original_minor  bigint,
  original_currency text,
  details         jsonb not null default '[]',   -- members of a batch: [{refs, minor, currency, name, account, returned}]
  batch_size      integer,
  note            text not null default '',
  owner           text,
  due_on          date,
  ignored_why     text,
  revision        integer not null default 1
);
create index bank_entry_known on reconciliation.bank_entry (bank_account_id, booked_on, amount_minor);
create index bank_entry_reference on reconciliation.bank_entry (bank_account_id, bank_reference) where bank_reference is not null;
create index bank_entry_newest on reconciliation.bank_entry (state, booked_on desc, entry_id desc);
create index bank_entry_of_statement on reconciliation.bank_entry (statement_id);

-- What should show at the bank: a projection of the payouts' notices.
create table reconciliation.expected (
  expected_id   bigint generated always as identity primary key,
  expected_key  text not null unique,            -- payout and direction
  kind          text not null check (kind in ('out', 'back')),
  payout_id     text not null,
  batch_id      text not null,
  partner_id    text,
  payee_name    text not null,
  account       text,
  end_to_end_id text not null,
  refs          text[] not null default '{}',
  currency      text not null,
  amount_minor  bigint not null check (amount_minor > 0),
  expected_on   date not null,
  state         text not null check (state in ('open', 'matched', 'booked', 'withdrawn')),
  noted_at      timestamptz not null
);
create index expected_open on reconciliation.expected (currency, amount_minor) where state = 'open';
create index expected_end_to_end on reconciliation.expected (end_to_end_id);
create index expected_batch on reconciliation.expected (batch_id);
create index expected_refs on reconciliation.expected using gin (refs);
create index expected_age on reconciliation.expected (state, expected_on);

create table reconciliation.match (
  match_id    text primary key,
  bank_account_id text not null references reconciliation.bank_account,
  state       text not null check (state in ('suggested', 'matched', 'booked', 'undone', 'reversed')),
  kind        text not null check (kind in ('one', 'batch', 'split', 'fee', 'return')),
  score       integer not null,
  reasons     jsonb not null,                    -- [{code, points, …}]
  fee_minor   bigint not null default 0,
  rate        text,                              -- exact decimal, when the bank moved another currency
  note        text not null default '',
  made_by     text,                              -- null: by the rules
  made_at     timestamptz not null,
  confirmed_by text,
  booked_by   text,
  booked_at   timestamptz,
  ended_by    text,
  ended_at    timestamptz,
  end_reason  text
);
create index match_newest on reconciliation.match (state, match_id desc);

-- Each entry and each expected movement is in one living match at most: the database refuses a second.
create table reconciliation.match_entry (
  match_id text not null references reconciliation.match,
  entry_id bigint not null references reconciliation.bank_entry,
  living   boolean not null,
  primary key (match_id, entry_id)
);
create unique index match_entry_once on reconciliation.match_entry (entry_id) where living;
create table reconciliation.match_expected (
  match_id    text not null references reconciliation.match,
  expected_id bigint not null references reconciliation.expected,
  living      boolean not null,
  primary key (match_id, expected_id)
);
create unique index match_expected_once on reconciliation.match_expected (expected_id) where living;

-- The same conversions as three sides tell them.
create table reconciliation.comparison (
  comparison_id text primary key,
  name          text not null,
  program_id    text not null references programs.program,
  partner_id    text references partners.partner, -- null: all partners of the program
  from_day      date not null,
  until_day     date not null,                   -- exclusive
  currency      text not null,
  types         text[] not null,
  tolerance_minutes integer not null,
  amount_tolerance  bigint not null,             -- minor units that two amounts may differ
  late_days     integer not null,
  state         text not null check (state in ('idle', 'waiting', 'running', 'failed')),
  problem       text,
  summary       jsonb,
  created_by    text not null,
  created_at    timestamptz not null,
  revision      integer not null default 1,
  check (from_day < until_day)
);
create index comparison_newest on reconciliation.comparison (comparison_id desc);

create table reconciliation.comparison_file (
  file_id       text primary key,
  comparison_id text not null references reconciliation.comparison,
  side          text not null check (side in ('office', 'claim')),
  name          text not null,
  content_hash  text not null,
  kind          text not null check (kind in ('csv', 'xlsx')),
  size          bigint not null,
  header_row    integer not null,
  columns       text[] not null,
  sample        jsonb not null,
  suggestion    jsonb not null,
  mapping       jsonb,
  time_zone     text not null,
  state         text not null check (state in ('uploaded', 'waiting', 'read', 'failed')),
  problem       text,
  rows          integer not null default 0,
  refused       integer not null default 0,
  uploaded_by   text not null,
  uploaded_at   timestamptz not null,
  unique (comparison_id, side, content_hash)
);
create table reconciliation.comparison_chunk (
  file_id  text not null references reconciliation.comparison_file,
  position integer not null,
  bytes    bytea not null,
  primary key (file_id, position)
);
alter table reconciliation.comparison_chunk alter column bytes set storage external;
create table reconciliation.comparison_refusal (
  file_id text not null references reconciliation.comparison_file,
  line    integer not null,
  field   text not null,
  value   text,
  reason  text not null,
  primary key (file_id, line)
);
-- Columns once mapped are mapped again, for whoever sends the next file with them.
create table reconciliation.comparison_mapping (
  side         text not null,
  columns_key  text not null,
  mapping      jsonb not null,
  primary key (side, columns_key)
);

create table reconciliation.side_row (
  row_id        bigint generated always as identity primary key,
  comparison_id text not null references reconciliation.comparison,
  side          text not null check (side in ('tracked', 'office', 'claim')),
  row_key       text not null,
  file_id       text,
  line          integer,
  occurred_at   timestamptz not null,
  type          text,
  order_id      text,
  click_id      text,
  customer_ref  text,
  partner_ref   text,
  partner_id    text,
  currency      text,
  minor         bigint,
  commission_minor bigint,
  counts        boolean not null,                -- not reversed, not rejected
  status        text not null,
  why           text,                            -- tracked: why it is nobody's
  known_at      timestamptz,                     -- tracked: when it came in
  raw           jsonb not null default '[]',
  unique (comparison_id, side, row_key)
);
create index side_row_by_time on reconciliation.side_row (comparison_id, side, currency, minor, occurred_at);

create table reconciliation.pair (
  comparison_id text not null,
  sides         text not null check (sides in ('tracked-office', 'tracked-claim', 'office-claim')),
  left_row      bigint not null,
  right_row     bigint not null,
  matched_by    text not null check (matched_by in ('order', 'click', 'customer', 'time_and_amount')),
  shift_minutes integer not null default 0,
  primary key (comparison_id, sides, left_row)
);
create unique index pair_right on reconciliation.pair (comparison_id, sides, right_row);

create table reconciliation.result (
  result_id     bigint generated always as identity primary key,
  comparison_id text not null references reconciliation.comparison,
  result_key    text not null,                   -- of the sides' own keys: the same again after the next comparison
  tracked_row   bigint,
  office_row    bigint,
  claim_row     bigint,
  class         text not null,
  differences   text[] not null,
  matched_by    text,
  day           date not null,
  partner_id    text,
  office_minor  bigint,                          -- office less tracked, in the comparison's currency
  claim_minor   bigint,                          -- claim less tracked
  unique (comparison_id, result_key)
);
create index result_by_class on reconciliation.result (comparison_id, class, result_id);

-- What was done about a difference, and open questions: of a comparison's row or of an entry at the bank.
create table reconciliation.open_item (
  item_id    text primary key,
  comparison_id text references reconciliation.comparison,
  result_key    text,
  entry_id      bigint references reconciliation.bank_entry,
  title         text not null,
  owner         text not null,
  due_on        date not null,
  state         text not null check (state in ('open', 'answered')),
  answer        text,
  opened_by     text not null,
  opened_at     timestamptz not null,
  answered_by   text,
  answered_at   timestamptz,
  check ((comparison_id is null) = (result_key is null)),
  check ((state = 'answered') = (answered_by is not null))
);
create index open_item_newest on reconciliation.open_item (state, due_on, item_id);
create index open_item_of_result on reconciliation.open_item (comparison_id, result_key);
create table reconciliation.correction (
  comparison_id text not null references reconciliation.comparison,
  result_key    text not null,
  adjustment_id text not null,
  amount_minor  bigint not null,
  currency      text not null,
  proposed_by   text not null,
  proposed_at   timestamptz not null,
  primary key (comparison_id, result_key)
);

-- ledger: a payout in another currency than the bank account, and what accounting was given.
alter table ledger.transfer drop constraint transfer_recipe_check;
alter table ledger.transfer add constraint transfer_recipe_check check (recipe in (
  'accrue', 'hold', 'release', 'reverse', 'claw_back', 'adjust', 'settle', 'return', 'write_off', 'reserve', 'release_reserve', 'withhold_tax', 'add_vat',
  'charge_fee', 'convert_out', 'convert_in', 'set_off_out', 'set_off_in', 'bank_out', 'bank_in', 'bank_fee', 'exchange_out', 'exchange_in'));
-- Bookings of a time are asked for by accounting; they are nearly in order, so a small index does.
create index transfer_by_booking on ledger.transfer using brin (booked_at) with (pages_per_range = 32);
-- One index of postings fewer: account and transfer are as unique in this order, and nobody looks for a transfer's postings alone.
alter table ledger.posting drop constraint posting_pkey;
drop index ledger.posting_by_account;
alter table ledger.posting add constraint posting_pkey primary key (account_id, transfer_id);

-- What accounts are called in the books of accounting; '' as owner: all of the kind.
create table ledger.account_code (
  kind     text not null,
  owner    text not null default '',
  currency text not null default '',
  code     text not null check (code ~ '^[A-Za-z0-9._-]{1,20}$'),
  name     text not null default '',
  primary key (kind, owner, currency)
);
create table ledger.accounting_setting (
  only_one    boolean primary key default true check (only_one),
  settings    jsonb not null,
  changed_by  text not null,
  changed_at  timestamptz not null,
  revision    integer not null default 1
);
create table ledger.journal_export (
  export_id    text primary key,
  format       text not null,
  detail       text not null check (detail in ('transfers', 'days', 'months')),
  through_period date not null,
  transfers    bigint not null,
  rows         bigint not null,
  totals       jsonb not null,                   -- [{currency, debit}]
  content_hash text not null,                    -- of the file
  settings     jsonb not null,                   -- codes and settings as they were: the same file can be written again
  created_by   text not null,
  created_at   timestamptz not null
);
-- A transfer goes to accounting once; the key is what refuses the second time.
create table ledger.exported (
  transfer_id bigint primary key,
  export_id   text not null references ledger.journal_export
);
create index exported_by_export on ledger.exported (export_id, transfer_id);
create trigger exported_append_only before update or delete on ledger.exported for each row execute function ledger.refuse_change();
