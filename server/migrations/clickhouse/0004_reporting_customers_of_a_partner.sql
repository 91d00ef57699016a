-- reporting: a partner's page asks for one partner of a hundred thousand, and customers stand in the order of their numbers. The filter says of each granule
-- which partners are not in it. With FINAL it is used where the engine looks at newer versions of what it finds besides (use_skip_indexes_if_final_exact_mode);
-- engines that do not, pass it by.
alter table customers add index if not exists partner partner_id type bloom_filter(0.01) granularity 1;
alter table customers materialize index partner;
