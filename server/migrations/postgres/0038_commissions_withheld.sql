-- commissions: a milestone that rests on a conversion beyond a cap is what it is, but earns nothing as long as the cap withholds it.
alter table commissions.milestone add column withheld text[] not null default '{}';  -- registration, kyc, ftd, second_deposit
