-- Why a dispatch waits or failed: a code that every language has words for. `problem` stays what a provider or a file's writer said itself.
alter table payouts.dispatch add column problem_code text;
update payouts.dispatch set problem_code = 'other' where problem is not null;
