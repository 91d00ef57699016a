-- reporting: what the reports read. Everything here can be built again from PostgreSQL (tributary replay).
-- Days are calendar days in the program's own time zone, cut when a row is shipped; instants are UTC.

-- One row per request to a tracking link. Shipped exactly once, in batches by lane and seq (reporting/shipping/clicks.ts).
create table if not exists clicks (
  program_id       LowCardinality(String),
  partner_id       LowCardinality(String),
  day              Date,
  at               DateTime64(3, 'UTC') codec (Delta, ZSTD(1)),
  lane             UInt32 codec (ZSTD(1)),
  seq              UInt64 codec (Delta, ZSTD(1)),
  offer_id         LowCardinality(String),
  link_id          LowCardinality(String),
  verdict          LowCardinality(String),
  counted          Bool alias verdict = 'click',
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
  -- The daily roll-ups live inside each part: they are written with the rows or not at all, so they are exact whatever
  -- happens. ClickHouse reads one by itself when a report asks for nothing finer.
  projection daily_links (
    select program_id, partner_id, day, offer_id, link_id, count(), countIf(verdict = 'click')
    group by program_id, partner_id, day, offer_id, link_id
  ),
  projection daily_audience (
    select program_id, day, offer_id, country, device, source, count(), countIf(verdict = 'click')
    group by program_id, day, offer_id, country, device, source
  )
)
engine = MergeTree
partition by toYYYYMM(at)
order by (program_id, partner_id, day, at)
settings non_replicated_deduplication_window = 10000;

-- One row per customer: whose it is, the dimensions of the click that won, its milestones. The newest version counts.
create table if not exists customers (
  program_id       LowCardinality(String),
  customer_id      UInt64,
  version          UInt64,
  customer_ref     String,
  partner_id       LowCardinality(String),
  offer_id         LowCardinality(String),
  link_id          LowCardinality(String),
  reason           LowCardinality(String),
  first_seen       DateTime64(3, 'UTC'),
  bound_at         Nullable(DateTime64(3, 'UTC')),
  cohort_day       Date,
  registered_at    Nullable(DateTime64(3, 'UTC')),
  registered_day   Date,
  kyc_at           Nullable(DateTime64(3, 'UTC')),
  kyc_day          Date,
  ftd_at           Nullable(DateTime64(3, 'UTC')),
  ftd_day          Date,
  ftd_minor        Int64,
  ftd_currency     LowCardinality(String),
  second_deposit_at Nullable(DateTime64(3, 'UTC')),
  second_deposit_day Date,
  click_at         Nullable(DateTime64(3, 'UTC')),
  click_id         String,
  country          LowCardinality(String),
  device           LowCardinality(String),
  os               LowCardinality(String),
  browser          LowCardinality(String),
  language         LowCardinality(String),
  source           LowCardinality(String),
  creative         LowCardinality(String),
  referrer_host    LowCardinality(String),
  sub1 String, sub2 String, sub3 String, sub4 String, sub5 String,
  sub6 String, sub7 String, sub8 String, sub9 String, sub10 String,
  partner_click_id String
)
engine = ReplacingMergeTree(version)
order by (program_id, customer_id);

-- One row per event, the corrected and reversed ones included (effective = false). The newest version counts.
create table if not exists events (
  program_id       LowCardinality(String),
  type             LowCardinality(String),
  day              Date,
  event_id         UInt64,
  version          UInt64,
  at               DateTime64(3, 'UTC'),
  received_at      DateTime64(3, 'UTC'),
  lane             UInt32,
  seq              UInt64,
  line             UInt32,
  source_id        LowCardinality(String),
  external_id      String,
  customer_id      UInt64,
  customer_ref     String,
  effective        Bool,
  void             Bool,
  replaces         UInt64,
  superseded_by    UInt64,
  currency         LowCardinality(String),
  measures         Map(LowCardinality(String), Int64),
  quantities       Map(LowCardinality(String), Decimal(38, 10)),
  dimensions       Map(LowCardinality(String), String),
  partner_id       LowCardinality(String),
  offer_id         LowCardinality(String),
  link_id          LowCardinality(String),
  click_id         String,
  click_at         Nullable(DateTime64(3, 'UTC')),
  country          LowCardinality(String),
  device           LowCardinality(String),
  os               LowCardinality(String),
  browser          LowCardinality(String),
  language         LowCardinality(String),
  source           LowCardinality(String),
  creative         LowCardinality(String),
  referrer_host    LowCardinality(String),
  sub1 String, sub2 String, sub3 String, sub4 String, sub5 String,
  sub6 String, sub7 String, sub8 String, sub9 String, sub10 String,
  partner_click_id String
)
engine = ReplacingMergeTree(version)
partition by toYYYYMM(day)
order by (program_id, type, day, event_id);

-- The searchable log of calls: one row per event that was sent, whatever became of it, with every parameter it carried.
create table if not exists intake (
  at               DateTime64(3, 'UTC') codec (Delta, ZSTD(1)),
  lane             UInt32,
  seq              UInt64,
  line             UInt32,
  version          UInt64,
  door             LowCardinality(String),
  fate             LowCardinality(String),
  reason           LowCardinality(String),
  detail           String codec (ZSTD(1)),
  program_id       LowCardinality(String),
  partner_id       LowCardinality(String),
  source_id        LowCardinality(String),
  type             LowCardinality(String),
  external_id      String codec (ZSTD(1)),
  customer_ref     String codec (ZSTD(1)),
  event_id         UInt64,
  click_id         String codec (ZSTD(1)),
  params           Map(LowCardinality(String), String) codec (ZSTD(1)),
  raw              String codec (ZSTD(1))
)
engine = ReplacingMergeTree(version)
partition by toYYYYMM(at)
order by (at, lane, seq, line);
