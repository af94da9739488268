-- API keys, of machines and of people, and the tokens of agents outside. Of a token only the hash is kept, and what tells it
-- from others. Rows stay when a key ends: the log names who acted.

create table api_keys (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  -- As whom it acts; null for a machine of the org. No key is an owner.
  user_id text,
  role text not null check (role in ('admin', 'manager', 'member', 'viewer')),
  -- Only these of what the role may do; null: all that keys may have.
  permissions text[] check (cardinality(permissions) <= 200),
  shown text not null,
  token_hash bytea not null check (length(token_hash) = 32),
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id)
);
create index api_keys_by_hash on api_keys (token_hash);
call protect_tenant_table('api_keys');
grant select, insert, update on api_keys to delegraph_app;
create policy owner_reads on api_keys for select to delegraph_owner using (true);

create table agent_tokens (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  workspace_id uuid not null,
  shown text not null,
  token_hash bytea not null check (length(token_hash) = 32),
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  -- Set when it was rotated: until then the old one works beside the new.
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
create index agent_tokens_by_hash on agent_tokens (token_hash);
create index agent_tokens_by_workspace on agent_tokens (org_id, workspace_id);
call protect_tenant_table('agent_tokens');
grant select, insert, update on agent_tokens to delegraph_app;
create policy owner_reads on agent_tokens for select to delegraph_owner using (true);

-- What a key stands for, as long as it holds. A person's own key has at most the role the person has now, and ends with the
-- membership.
create function key_by_hash(asked bytea)
  returns table (org_id uuid, key_id uuid, name text, role text, permissions text[], user_id text, user_name text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select k.org_id, k.id, k.name,
           case when m.role is null then k.role
                else (array['viewer', 'member', 'manager', 'admin', 'owner'])[least(
                  array_position(array['viewer', 'member', 'manager', 'admin', 'owner'], k.role),
                  array_position(array['viewer', 'member', 'manager', 'admin', 'owner'], m.role))] end,
           k.permissions, k.user_id, u.name
      from api_keys k
      left join members m on m.org_id = k.org_id and m.user_id = k.user_id
      left join auth."user" u on u.id = k.user_id
     where k.token_hash = asked and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
       and (k.user_id is null or m.user_id is not null);
  end;

-- The workspace an agent outside acts for, as long as its token holds; also when the workspace was removed, so that the agent
-- can be told.
create function agent_by_hash(asked bytea)
  returns table (org_id uuid, token_id uuid, workspace_id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.org_id, t.id, t.workspace_id, w.name
      from agent_tokens t
      join workspaces w on w.org_id = t.org_id and w.id = t.workspace_id
     where t.token_hash = asked and t.revoked_at is null and (t.expires_at is null or t.expires_at > now());
  end;

revoke all on function key_by_hash(bytea), agent_by_hash(bytea) from public;
grant execute on function key_by_hash(bytea), agent_by_hash(bytea) to delegraph_app;
