-- commissions: what a cap keeps waiting for a decision is released by two people, on the same paper as their other corrections.
alter table commissions.adjustment
  add column kind text not null default 'correction' check (kind in ('correction', 'release')),
  add constraint adjustment_release_names_a_line check (kind = 'correction' or line_key is not null);
-- One open request for a line at a time.
create unique index adjustment_release_waiting on commissions.adjustment (line_key) where kind = 'release' and status = 'proposed';
