-- commissions: corrections by people grow reasons, evidence, a period, files of many, rules that repeat, and the movements that settle a balance without a payout.
create table commissions.adjustment_reason (
  code           text primary key check (code ~ '^[a-z][a-z0-9_]{1,39}$'),
  names          jsonb not null,                        -- {en, es}
  kinds          text[] not null,                       -- which adjustments may have it
  needs_evidence boolean not null default false,
  warn_minor     bigint check (warn_minor > 0),         -- from this amount on it is looked at alone, never among the clean ones
  active         boolean not null default true,
  revision       integer not null default 1
);
insert into commissions.adjustment_reason (code, names, kinds, needs_evidence) values
  ('bonus', '{"en": "Bonus", "es": "Bonificación"}', '{bonus}', false),
  ('marketing_fund', '{"en": "Marketing contribution", "es": "Aportación de marketing"}', '{bonus,correction}', true),
  ('tracking_gap', '{"en": "Tracking did not count", "es": "El seguimiento no contó"}', '{correction}', true),
  ('rate_error', '{"en": "Wrong rate or terms", "es": "Tarifa o condiciones erróneas"}', '{correction}', true),
  ('duplicate', '{"en": "Counted twice", "es": "Contado dos veces"}', '{correction}', true),
  ('fraud', '{"en": "Fraud", "es": "Fraude"}', '{correction,reserve}', true),
  ('chargeback', '{"en": "Chargeback or refund", "es": "Contracargo o devolución"}', '{correction,reserve}', false),
  ('goodwill', '{"en": "Goodwill", "es": "Gesto comercial"}', '{correction,bonus}', false),
  ('inquiry', '{"en": "Answer to an inquiry", "es": "Respuesta a una consulta"}', '{correction}', false),
  ('uncollectible', '{"en": "Balance given up", "es": "Saldo al que se renuncia"}', '{write_off}', false),
  ('set_off', '{"en": "Balance set off", "es": "Saldo compensado"}', '{set_off}', false),
  ('reserve', '{"en": "Reserve against chargebacks", "es": "Reserva contra contracargos"}', '{reserve}', false),
  ('other', '{"en": "Other", "es": "Otro"}', '{correction,bonus,write_off,set_off,reserve}', false);

create table commissions.adjustment_batch (
  batch_id    text primary key,
  file_name   text not null,
  status      text not null check (status in ('checked', 'proposed', 'cancelled')),
  rows        jsonb not null,                           -- [{line, partner, amount, …, problem}] as they were read and understood
  good        integer not null,
  refused     integer not null,
  created_by  text not null,
  created_at  timestamptz not null,
  finished_by text,
  finished_at timestamptz
);

-- An adjustment that repeats every month, decided once by two people.
create table commissions.adjustment_rule (
  rule_id      text primary key,
  kind         text not null check (kind in ('correction', 'bonus', 'reserve')),
  partner_id   text not null,
  program_id   text,
  currency     text not null,
  amount_minor bigint check (amount_minor <> 0),
  percent      numeric check (percent > 0 and percent <= 100),  -- of what became payable in the month
  hold_days    integer check (hold_days between 1 and 3650),    -- a reserve goes back after so many days; null: by hand
  from_month   date not null,
  until_month  date check (until_month >= from_month),          -- included; null: until it is ended
  reason_code  text not null references commissions.adjustment_reason,
  reason       text not null,
  status       text not null check (status in ('proposed', 'approved', 'declined', 'ended')),
  proposed_by  text not null,
  proposed_at  timestamptz not null,
  decided_by   text check (decided_by <> proposed_by),
  decided_at   timestamptz,
  ended_by     text,
  ended_at     timestamptz,
  check ((amount_minor is null) <> (percent is null)),
  check (kind = 'reserve' or percent is null),
  check (kind = 'reserve' or program_id is not null)
);
create index adjustment_rule_by_partner on commissions.adjustment_rule (partner_id) where status = 'approved';

alter table commissions.adjustment drop constraint adjustment_kind_check, drop constraint adjustment_release_names_a_line;
alter table commissions.adjustment
  alter column program_id drop not null,
  add column reason_code      text references commissions.adjustment_reason,  -- null: a release
  add column evidence         jsonb not null default '[]',  -- [{kind: link|file|note, text}]
  add column effective_to     date,                        -- last month that it is about; null: the one it is of
  add column other_partner_id text,                        -- set_off: whose debt is met
  add column of_id            text references commissions.adjustment,  -- reserve_release: the reserve
  add column release_on       date,                        -- reserve: when it goes back by itself
  add column batch_id         text references commissions.adjustment_batch,
  add column rule_id          text references commissions.adjustment_rule,
  add column inquiry_id       text,
  add column warnings         text[] not null default '{}',
  add column decision_note    text,
  add check (kind in ('correction', 'bonus', 'release', 'write_off', 'set_off', 'reserve', 'reserve_release')),
  add check (kind <> 'release' or line_key is not null),
  add check (kind not in ('correction', 'bonus', 'release') or program_id is not null),
  add check ((kind = 'set_off') = (other_partner_id is not null)),
  add check ((kind = 'reserve_release') = (of_id is not null)),
  add check (kind not in ('set_off', 'reserve', 'reserve_release') or amount_minor > 0);
create unique index adjustment_of_rule on commissions.adjustment (rule_id, month) where rule_id is not null;
create unique index adjustment_reserve_once on commissions.adjustment (of_id) where of_id is not null and status <> 'declined';
create index adjustment_waiting on commissions.adjustment (adjustment_id) where status = 'proposed';
create index adjustment_reserve_due on commissions.adjustment (release_on) where kind = 'reserve' and status = 'approved';
create index adjustment_by_booked on commissions.adjustment (partner_id, currency, booked_month) where status = 'approved';
create index adjustment_by_inquiry on commissions.adjustment (inquiry_id) where inquiry_id is not null;

grant select on commissions.adjustment_reason to tributary_portal;
alter table commissions.adjustment_reason enable row level security;
create policy everybody on commissions.adjustment_reason to tributary_portal using (true);
