-- attribution: a customer is looked up by its own id, then by its program, as events are: with the program first, every step down the index
-- compared two texts of which the first is nearly always equal, for each customer that a batch of events names.
alter table attribution.customer add constraint customer_by_name unique (customer_ref, program_id);
alter table attribution.customer drop constraint customer_program_id_customer_ref_key;
