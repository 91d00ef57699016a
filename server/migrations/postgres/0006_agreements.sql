-- agreements: partner x program x plan version x validity, accepted with name, time and a hash of the terms.
create schema agreements;

create table agreements.agreement (
  agreement_id text primary key,
  partner_id   text not null references partners.partner,
  program_id   text not null references programs.program,
  created_by   text not null,
  created_at   timestamptz not null,
  unique (partner_id, program_id)
);

create table agreements.agreement_version (
  agreement_version_id text primary key,
  agreement_id         text not null references agreements.agreement,
  version              integer not null check (version > 0),
  plan_version_id      text not null references plans.plan_version,
  status               text not null check (status in ('proposed', 'approved', 'accepted', 'withdrawn')),
  note                 text not null default '',
  valid_from           date not null,            -- in the program's zone, inclusive
  valid_to             date,                     -- exclusive; null: open
  customers            text not null default 'move' check (customers in ('move', 'stay')), -- do bound customers move to these terms or stay on those they entered
  terms_text           text not null,
  terms_hash           text not null,            -- sha256 hex of terms_text + plan document hash
  proposed_by          text not null,
  proposed_at          timestamptz not null,
  approved_by          text,
  approved_at          timestamptz,
  accepted_name        text,
  accepted_by          text,
  accepted_at          timestamptz,
  accepted_address     text,
  withdrawn_by         text,
  withdrawn_at         timestamptz,
  check (approved_by is null or approved_by <> proposed_by),
  check (valid_to is null or valid_to > valid_from),
  check ((status = 'accepted') = (accepted_at is not null)),
  -- Versions may overlap: of those accepted that cover a day the highest version number applies (see agreements/core/precedence.ts),
  -- so that new terms supersede old ones, and terms for a fortnight end by themselves, without editing what was signed.
  unique (agreement_id, version)
);
create index agreement_by_program on agreements.agreement (program_id, partner_id);
