-- commissions: calculators on public pages. Whoever has the address sees what a published plan would pay for a funnel; nothing of anybody's data.
create table commissions.calculator (
  calculator_id   text primary key,
  token           text not null unique,       -- in the address; no secret, but nothing to guess either
  program_id      text not null references programs.program,
  plan_id         text not null references plans.plan,
  plan_version_id text not null references plans.plan_version,
  title           text not null,
  frame_ancestors text[] not null default '{}', -- origins of pages that may show it in a frame
  created_by      text not null,
  created_at      timestamptz not null,
  removed_at      timestamptz
);
create index calculator_by_plan on commissions.calculator (plan_id, calculator_id) where removed_at is null;
