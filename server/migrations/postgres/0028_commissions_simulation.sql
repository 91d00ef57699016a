-- commissions: simulations. What a deal would cost, and what a month that is over would have come to under something else. Nothing of it is booked, and
-- what is finished never changes: it is evidence. Partners have no right on these tables.
create table commissions.simulation (
  simulation_id  text primary key,
  kind           text not null check (kind in ('deal', 'replay')),
  name           text not null,
  program_id     text not null,
  partner_id     text,                        -- of a deal with one partner
  partner_ids    text[],                      -- whose history is looked at, fixed when it was asked for; null: everybody of the program
  input          jsonb not null,              -- the question, with the documents of all plans
  plan_hash      text,                        -- of the proposed plan
  status         text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  steps_done     integer not null default 0,
  steps_all      integer not null default 0,
  problem        text,
  result         jsonb,
  cost_share     numeric,                     -- commission over revenue that it expects
  input_hash     text,                        -- sha256 of question, plans, facts and engine
  engine_version text,
  created_by     text not null,
  created_at     timestamptz not null,
  finished_at    timestamptz
);
create index simulation_by_program on commissions.simulation (program_id, simulation_id);

create function commissions.refuse_changed_evidence() returns trigger language plpgsql as $$
begin
  if old.status in ('done', 'failed', 'cancelled') then
    raise exception 'simulation % is finished and never changes', old.simulation_id;
  end if;
  return coalesce(new, old);
end $$;
create trigger simulation_final before update or delete on commissions.simulation
  for each row execute function commissions.refuse_changed_evidence();

-- What every partner's month would have come to.
create table commissions.simulation_partner (
  simulation_id    text not null references commissions.simulation,
  place            text not null,             -- partner and currency
  partner_id       text not null,
  currency         text not null,
  booked_minor     bigint not null,
  replayed_minor   bigint not null,
  difference_minor bigint generated always as (replayed_minor - booked_minor) stored,
  weight           bigint generated always as (abs(replayed_minor - booked_minor)) stored,
  primary key (simulation_id, place)
);
create index simulation_partner_by_weight on commissions.simulation_partner (simulation_id, weight, place);
