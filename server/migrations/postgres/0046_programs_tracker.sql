-- Whether the browser script may remember a visitor before the visitor agreed to it.
alter table programs.program
  add column tracker_consent text not null default 'required' check (tracker_consent in ('required', 'not_required'));
