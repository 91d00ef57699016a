-- tracking: while a file is imported, the table of events is analysed every few seconds, which read and sorted thirty thousand rows of 26 columns
-- each time. What no plan depends on is left out, and a sample of half the size is enough for the rest.
alter table tracking.event
  alter column measures set statistics 0, alter column quantities set statistics 0, alter column dimensions set statistics 0,
  alter column content_hash set statistics 0, alter column received_at set statistics 0, alter column line set statistics 0,
  alter column currency set statistics 0, alter column code set statistics 0, alter column partner_hint set statistics 0,
  alter column bad_click_id set statistics 0, alter column revision set statistics 0,
  alter column event_id set statistics 20, alter column external_id set statistics 20, alter column customer_ref set statistics 20,
  alter column click_id set statistics 20, alter column lane set statistics 20, alter column seq set statistics 20,
  alter column replaces set statistics 20, alter column superseded_by set statistics 20, alter column void set statistics 20,
  alter column cap set statistics 20, alter column source_id set statistics 20,
  alter column program_id set statistics 50, alter column type set statistics 50, alter column customer_id set statistics 50,
  alter column partner_id set statistics 50, alter column occurred_at set statistics 50;
