-- A new secret is masked from its commit on, on every node: what a transaction tells is appended only where the node that
-- masked it knows all values there are by then (see api/kernel/redact/redactor-of.ts).

alter table org_sequences add column secrets_version bigint not null default 0;

-- At the end of the transaction, so that the sequence stays the last lock that is taken.
create function count_secret_version() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  update org_sequences set secrets_version = secrets_version + 1 where org_id = new.org_id;
  return null;
end $$;

create constraint trigger counts_for_redaction after insert on secret_versions
  deferrable initially deferred for each row execute function count_secret_version();

-- The transaction is run again, with the values as they are now.
create function masked_too_early() returns bigint
  language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'secrets were set meanwhile' using errcode = 'DG001';
end $$;
