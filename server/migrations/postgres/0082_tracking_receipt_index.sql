-- tracking: the line that brought an event is found by its place, which the event knows. Only lines that repeat an event have to be found by
-- it; an index over all of them was written for every event that comes in.
create index receipt_of_duplicate on tracking.receipt (event_id) where fate = 'duplicate';
drop index tracking.receipt_by_event;
