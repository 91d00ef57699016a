-- tracking: the events of a click are looked up when somebody asks why it did not count.
create index event_by_click on tracking.event (click_id) where click_id is not null;
