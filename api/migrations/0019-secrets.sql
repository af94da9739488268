-- Secrets: what is kept of a value is sealed by a key of its own, and that key is wrapped by one the database never sees.

create table secrets (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  -- Null: the org's, for every workspace that declares it and has none of its own.
  workspace_id uuid,
  name text not null check (name ~ '^[A-Z][A-Z0-9_]{0,127}$'),
  -- The newest of its versions.
  version int not null,
  hint text not null check (length(hint) <= 8),
  created_at timestamptz not null default now(),
  created_by_name text not null,
  updated_at timestamptz not null default now(),
  updated_by_name text not null,
  -- Deleted; it can be taken back for a day, then it is destroyed.
  deleted_at timestamptz,
  deleted_by_name text,
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
create unique index secrets_by_name on secrets (org_id, workspace_id, name) nulls not distinct where deleted_at is null;
create index secrets_deleted on secrets (deleted_at) where deleted_at is not null;
call protect_tenant_table('secrets');

create table secret_versions (
  org_id uuid not null,
  secret_id uuid not null,
  version int not null,
  -- AES-256-GCM: nonce, ciphertext, tag; bound to (org, secret, version).
  sealed bytea not null,
  -- Which wrapping key, and the data key wrapped by it.
  key_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  created_by_name text not null,
  -- By a newer version; it stays for 30 days so that the old value is still masked where it turns up.
  replaced_at timestamptz,
  primary key (org_id, secret_id, version),
  foreign key (org_id, secret_id) references secrets (org_id, id) on delete cascade
);
create index secret_versions_by_key on secret_versions (key_id);
create index secret_versions_replaced on secret_versions (replaced_at) where replaced_at is not null;
call protect_tenant_table('secret_versions');

-- Who used which secret when, in hours.
create table secret_uses (
  org_id uuid not null,
  secret_id uuid not null,
  workspace_id uuid not null,
  hour timestamptz not null,
  count int not null,
  last_at timestamptz not null,
  primary key (org_id, secret_id, workspace_id, hour),
  foreign key (org_id, secret_id) references secrets (org_id, id) on delete cascade,
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
call protect_tenant_table('secret_uses');

grant select, insert, update, delete on secrets, secret_versions, secret_uses to delegraph_app;

create policy owner_destroys on secrets to delegraph_owner using (true) with check (true);
create policy owner_destroys on secret_versions to delegraph_owner using (true) with check (true);
create policy owner_destroys on secret_uses to delegraph_owner using (true) with check (true);

-- Ids of the wrapping keys without which something could not be read: asked when a process starts.
create function wrapping_keys_in_use() returns table (key_id text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct v.key_id from secret_versions v;
  end;

-- What was deleted over a day ago, replaced over 30 days ago, or used over 400 days ago is gone for good, in every org.
create function destroy_old_secrets() returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from secrets s where s.deleted_at < now() - interval '24 hours';
    delete from secret_versions v where v.replaced_at < now() - interval '30 days';
    delete from secret_uses u where u.hour < now() - interval '400 days';
  end;

revoke all on function wrapping_keys_in_use(), destroy_old_secrets() from public;
grant execute on function wrapping_keys_in_use(), destroy_old_secrets() to delegraph_app;
