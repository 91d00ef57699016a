-- reporting: how far the events consumer has come, so that a report can say up to when everything is in it.
create view reporting.events_cursor with (security_invoker = true) as
  select lane, next_seq, done from intake.cursor where consumer = 'events';
