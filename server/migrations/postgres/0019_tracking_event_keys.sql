-- tracking: the key that lets an event count once begins with what tells events apart. With the program first, every step down the
-- index compared four texts of which three are nearly always equal, for each event that comes in.
create unique index event_effective_by_external_id on tracking.event (external_id, type, source_id, program_id) where superseded_by is null;
drop index tracking.event_effective;
alter index tracking.event_effective_by_external_id rename to event_effective;
