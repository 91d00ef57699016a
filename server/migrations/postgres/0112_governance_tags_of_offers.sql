-- governance: rules set tags on offers too. An id says by itself what it is of.
alter table governance.tag_rule add column record text not null default 'partner' check (record in ('partner', 'offer'));
alter table governance.tag_rule alter column record drop default;
alter table governance.tag_set rename column partner_id to record_id;
