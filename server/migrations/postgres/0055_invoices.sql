-- invoices: the paper of a statement. Issued in the payee's name by the operator, or the payee's own, matched with what it is for. What was issued is
-- never edited: a credit note corrects it. Numbers have no gaps: they are taken in the transaction that writes the invoice.
create schema invoices;

-- The operator as the customer of its payees. One row; none: nothing can be issued.
create table invoices.setting (
  only_row            boolean primary key default true check (only_row),
  legal_name          text not null,
  street              text not null,
  city                text not null,
  postal_code         text not null,
  region              text not null,
  country             text check (country ~ '^[A-Z]{2}$'),
  vat_number          text,
  registration_number text not null,
  email               text not null,
  series              text not null,
  credit_series       text not null,
  series_per_payee    boolean not null,
  due_days            integer not null check (due_days between 0 and 365),
  automatic           boolean not null,
  first_month         date,                    -- months before it were invoiced elsewhere
  revision            integer not null default 1,
  check (series <> credit_series)
);

-- The last number of each series and year. Whoever takes one holds the row until its invoice is written, or gives it back by rolling back.
create table invoices.series (
  series      text not null,
  year        integer not null,
  last_number bigint not null check (last_number > 0),
  primary key (series, year)
);
-- A payee's place in the names of series that are its own.
create table invoices.payee_number (
  payee_id text primary key references payees.payee,
  number   integer generated always as identity unique
);

create table invoices.file (
  file_id    text primary key,
  partner_id text not null references partners.partner,
  name       text not null,
  media_type text not null check (media_type in ('application/pdf', 'application/xml')),
  bytes      bytea not null check (octet_length(bytes) <= 10485760),
  sha256     text not null,
  read       jsonb,                      -- what an XML invoice says
  added_by   text not null,
  added_at   timestamptz not null
);

create table invoices.invoice (
  invoice_id    text primary key,
  kind          text not null check (kind in ('self_billed', 'uploaded', 'credit_note')),
  state         text not null check (state in ('issued', 'credited', 'received', 'matched', 'rejected')),
  payee_id      text not null references payees.payee,
  partner_id    text not null references partners.partner,
  currency      text not null,
  series        text,                    -- of what the operator numbers
  year          integer,
  number        bigint,
  full_number   text not null,
  issued_on     date not null,
  net_minor     bigint not null,
  vat_minor     bigint not null,
  withheld_minor bigint not null,
  corrects      text references invoices.invoice,
  file_id       text references invoices.file,
  document      jsonb not null,          -- everything that stands on the paper
  document_hash text not null,           -- sha256 hex of the canonical document
  differences   jsonb not null default '[]',
  created_by    text not null,
  created_name  text not null,
  created_at    timestamptz not null,
  decided_by    text,
  decided_name  text,
  decided_at    timestamptz,
  reason        text not null default '',
  unique (series, year, number),
  check ((kind = 'uploaded') = (number is null)),
  check ((series is null) = (number is null) and (year is null) = (number is null)),
  check ((kind = 'uploaded') = (file_id is not null)),
  check ((kind = 'credit_note') = (corrects is not null)),
  check (kind = 'uploaded' or state in ('issued', 'credited')),
  check (kind <> 'uploaded' or state in ('received', 'matched', 'rejected')),
  check (kind <> 'credit_note' or net_minor < 0)
);
create unique index invoice_own_number on invoices.invoice (payee_id, full_number) where kind = 'uploaded' and state <> 'rejected';
create index invoice_of_partner on invoices.invoice (partner_id, invoice_id desc);
create index invoice_of_payee on invoices.invoice (payee_id, invoice_id desc);
create index invoice_corrected on invoices.invoice (corrects) where corrects is not null;
create index invoice_received on invoices.invoice (invoice_id) where state = 'received';

-- Which part of which statement an invoice is for. One part is on one living invoice at most.
create table invoices.coverage (
  invoice_id   text not null references invoices.invoice,
  statement_id text not null references statements.statement,
  program_id   text not null,
  partner_id   text not null,
  net_minor    bigint not null,
  vat_minor    bigint not null,
  withheld_minor bigint not null,
  released_at  timestamptz,              -- by a credit note for the whole
  primary key (invoice_id, statement_id, program_id)
);
create unique index coverage_once on invoices.coverage (statement_id, program_id) where released_at is null;

create table invoices.delivery (
  delivery_id text primary key,
  invoice_id  text not null references invoices.invoice,
  partner_id  text not null,
  sent_to     text not null,
  state       text not null check (state in ('waiting', 'sent', 'kept', 'failed')),
  attempts    integer not null default 0,
  at          timestamptz
);
create index delivery_of_invoice on invoices.delivery (invoice_id);

-- What stands on the paper cannot be changed by anybody, and nothing is deleted.
create function invoices.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'an invoice is never deleted: %', old.full_number;
  end if;
  if (new.invoice_id, new.kind, new.payee_id, new.partner_id, new.currency, new.series, new.year, new.number, new.full_number, new.issued_on, new.net_minor,
      new.vat_minor, new.corrects, new.file_id, new.created_by, new.created_at)
     is distinct from
     (old.invoice_id, old.kind, old.payee_id, old.partner_id, old.currency, old.series, old.year, old.number, old.full_number, old.issued_on, old.net_minor,
      old.vat_minor, old.corrects, old.file_id, old.created_by, old.created_at) then
    raise exception 'an invoice is never edited: %', old.full_number;
  end if;
  if (new.document_hash, new.withheld_minor) is distinct from (old.document_hash, old.withheld_minor)
     and not (old.kind = 'uploaded' and old.state = 'received') then
    raise exception 'an invoice is never edited: %', old.full_number;
  end if;
  return new;
end $$;
create trigger never_edited before update or delete on invoices.invoice for each row execute function invoices.refuse_change();

grant usage on schema invoices to tributary_portal;
do $$
declare
  name text;
begin
  foreach name in array array['invoices.file', 'invoices.invoice', 'invoices.coverage', 'invoices.delivery'] loop
    execute format('alter table %s enable row level security', name);
    execute format('grant select on %s to tributary_portal', name);
    execute format('create policy own_partner on %s for select to tributary_portal using (partner_id = (select database.partner()))', name);
  end loop;
end $$;
grant insert on invoices.file, invoices.invoice to tributary_portal;
create policy own_file on invoices.file for insert to tributary_portal with check (partner_id = (select database.partner()));
create policy own_upload on invoices.invoice for insert to tributary_portal
  with check (partner_id = (select database.partner()) and kind = 'uploaded' and state = 'received' and payees.is_own(payee_id));
alter table invoices.setting enable row level security;
grant select on invoices.setting to tributary_portal;
create policy for_all on invoices.setting for select to tributary_portal using (true);
