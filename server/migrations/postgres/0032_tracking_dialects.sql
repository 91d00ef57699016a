-- tracking: sources that are told of events as another platform is (server/src/tracking/dialects).
alter table tracking.event_source
  add column dialect text not null default 'tributary',
  add column settings jsonb not null default '{}',            -- what the platform's goals, statuses and ids mean here; who may come without a token
  add column incumbent_token_hash text,                       -- sha256 hex of the credential that the existing integration sends
  add column incumbent_secret text;                           -- key of the platform's signatures, sealed; for platforms that sign only

create index event_source_dialect on tracking.event_source (dialect) where dialect <> 'tributary';
