-- programs: what a partner sees of the partners that stand below it, in this program.
alter table programs.program
  add column sub_partner_view text not null default 'nothing' check (sub_partner_view in ('nothing', 'totals', 'partner'));
