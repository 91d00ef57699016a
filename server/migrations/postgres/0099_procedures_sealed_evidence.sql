-- Evidence is kept as documents are: encrypted under a key of its own, which is sealed by the deployment's key.
alter table procedures.evidence add column sealed_key text;  -- null: kept in clear, before this
alter table procedures.evidence drop constraint evidence_body_check;
alter table procedures.evidence add constraint evidence_body_check check (octet_length(body) <= 10485760 + 28);
