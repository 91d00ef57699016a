-- tracking: the keys that click ids are signed with, after the first one, which follows from the deployment's secret. A key is never
-- removed: the ids that it signed are out there.
create table tracking.click_key (
  key_no     integer generated always as identity primary key,
  sealed     text not null,               -- 32 bytes in base64, sealed with the deployment's secret
  made_at    timestamptz not null,
  begins_at  timestamptz not null         -- signs from then on: by then every process has read it
);
