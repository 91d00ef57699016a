-- What is wrong with a record is a code of the catalogue with its details; what was kept in words before is told as it was.
update integrations.record
set problem = jsonb_build_object('field', problem->'field', 'value', problem->'value', 'code', 'as_told',
  'details', jsonb_build_object('said', problem->'reason', 'hint', problem->'wayOut'))
where problem ? 'reason';
update integrations.record
set said_problem = jsonb_build_object('field', said_problem->'field', 'value', said_problem->'value', 'code', 'as_told',
  'details', jsonb_build_object('said', said_problem->'reason', 'hint', said_problem->'wayOut'))
where said_problem ? 'reason';
