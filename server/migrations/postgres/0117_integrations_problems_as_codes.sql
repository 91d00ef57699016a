-- integrations: why a file broke off and an import failed is a code with its values, worded where it is read
alter table integrations.sheet alter column broken_off type jsonb
  using case when broken_off is not null then jsonb_build_object('code', 'as_told', 'details', jsonb_build_object('said', broken_off)) end;
alter table integrations.import alter column failure type jsonb
  using case when failure is not null then jsonb_build_object('code', 'as_told', 'details', jsonb_build_object('said', failure)) end;
