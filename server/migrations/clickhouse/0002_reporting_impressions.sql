-- reporting: one row per ad that was shown (GET /v/<link>.gif), beside the clicks and with the same columns, so that every report narrows and
-- breaks down both alike. A table of its own: there may be a thousand impressions for a click.
create table if not exists impressions (
  program_id       LowCardinality(String),
  partner_id       LowCardinality(String),
  day              Date,
  at               DateTime64(3, 'UTC') codec (Delta, ZSTD(1)),
  lane             UInt32 codec (ZSTD(1)),
  seq              UInt64 codec (Delta, ZSTD(1)),
  offer_id         LowCardinality(String),
  link_id          LowCardinality(String),
  verdict          LowCardinality(String),
  counted          Bool alias verdict = 'impression',
  target           LowCardinality(String),
  country          LowCardinality(String),
  device           LowCardinality(String),
  os               LowCardinality(String),
  browser          LowCardinality(String),
  language         LowCardinality(String),
  source           LowCardinality(String),
  creative         LowCardinality(String),
  referrer_host    LowCardinality(String),
  sub1             String codec (ZSTD(1)),
  sub2             String codec (ZSTD(1)),
  sub3             String codec (ZSTD(1)),
  sub4             String codec (ZSTD(1)),
  sub5             String codec (ZSTD(1)),
  sub6             String codec (ZSTD(1)),
  sub7             String codec (ZSTD(1)),
  sub8             String codec (ZSTD(1)),
  sub9             String codec (ZSTD(1)),
  sub10            String codec (ZSTD(1)),
  click_id         String codec (ZSTD(1)),
  previous_click_id String codec (ZSTD(1)),
  partner_click_id String codec (ZSTD(1)),
  destination      String codec (ZSTD(1)),
  code             String codec (ZSTD(1)),
  network          String codec (ZSTD(1)),
  user_agent       String codec (ZSTD(1)),
  projection daily_links (
    select program_id, partner_id, day, offer_id, link_id, count(), countIf(verdict = 'impression')
    group by program_id, partner_id, day, offer_id, link_id
  ),
  projection daily_audience (
    select program_id, day, offer_id, country, device, source, count(), countIf(verdict = 'impression')
    group by program_id, day, offer_id, country, device, source
  )
)
engine = MergeTree
partition by toYYYYMM(at)
order by (program_id, partner_id, day, at)
settings non_replicated_deduplication_window = 10000;
