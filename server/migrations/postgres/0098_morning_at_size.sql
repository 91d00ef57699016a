-- morning: the queue of a person is read in its order, not sorted out of everybody's.
drop index morning.item_by_owner;
create index item_by_owner on morning.item (owner_user_id, (worth_minor + (ftds * 20000)::bigint) desc, item_id);
create index item_by_rank on morning.item ((worth_minor + (ftds * 20000)::bigint) desc, item_id);
create index item_by_program on morning.item (program_id) where program_id is not null;

-- procedures: who waits for what is looked up by the role that has to act.
create index wait_open_by_role on procedures.wait (role, due_at, wait_id) where until_at is null;
create index wait_open_by_partner on procedures.wait (partner_id) where until_at is null and role = 'owner';
