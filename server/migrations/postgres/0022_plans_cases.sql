-- plans: a version as it was written (YAML with its comments), and the test cases that are kept with a plan.
alter table plans.plan_version
  add source           text,                                    -- null: it came as JSON
  add cases_run        integer check (cases_run >= 0),          -- null: never run
  add cases_failing    integer check (cases_failing >= 0),
  add published_reason text,                                    -- why it was published although cases failed
  add check ((cases_run is null) = (cases_failing is null));

create table plans.plan_case (
  case_id    text primary key,
  plan_id    text not null references plans.plan,
  name       text not null,
  facts      text not null,                   -- lines of a facts file
  expected   jsonb not null,                  -- [{month, component, amount}]
  changed_by text not null,
  changed_at timestamptz not null,
  unique (plan_id, name)
);
