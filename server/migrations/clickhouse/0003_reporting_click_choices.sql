-- reporting: where a click was sent and why, and where it came from more closely than by its country.
alter table clicks
  add column if not exists landing_id LowCardinality(String),
  add column if not exists smart_id LowCardinality(String),
  add column if not exists chosen LowCardinality(String),
  add column if not exists rule LowCardinality(String),
  add column if not exists cap_id LowCardinality(String),
  add column if not exists region LowCardinality(String),
  add column if not exists city LowCardinality(String),
  add column if not exists asn UInt32;
alter table impressions
  add column if not exists landing_id LowCardinality(String),
  add column if not exists smart_id LowCardinality(String),
  add column if not exists chosen LowCardinality(String),
  add column if not exists rule LowCardinality(String),
  add column if not exists cap_id LowCardinality(String),
  add column if not exists region LowCardinality(String),
  add column if not exists city LowCardinality(String),
  add column if not exists asn UInt32;
alter table customers add column if not exists landing_id LowCardinality(String);
alter table events add column if not exists landing_id LowCardinality(String);
