-- reconciliation: rows are paired in tables of their own for the time of a comparison; this index was written with each row and read by nothing.
drop index reconciliation.side_row_by_time;
