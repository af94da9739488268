-- External MCP servers whose tools agents may use, what people approved of them, and what was seen of them last.
create table mcp_servers (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  name text not null check (length(name) between 1 and 24),
  -- How it is reached; secrets stand in it by name only.
  transport jsonb not null check (pg_column_size(transport) <= 2097152),
  reach text not null check (reach in ('everyone', 'listed', 'config')),
  -- Counts the changes of how it is reached.
  version int not null default 1,
  timeout_seconds int not null default 60 check (timeout_seconds between 1 and 600),
  is_on boolean not null default true,
  command_approved jsonb,
  approved jsonb,
  seen jsonb,
  trouble jsonb,
  hints jsonb not null default '{}',
  created_at timestamptz not null default now(),
  created_by_name text not null,
  deleted_at timestamptz,
  primary key (org_id, id)
);
create unique index mcp_servers_name on mcp_servers (org_id, name) where deleted_at is null;
call protect_tenant_table('mcp_servers');
grant select, insert, update, delete on mcp_servers to delegraph_app;

-- The workspaces a server reaches, where it does not reach all.
create table mcp_server_workspaces (
  org_id uuid not null,
  server_id uuid not null,
  workspace_id uuid not null,
  primary key (org_id, server_id, workspace_id),
  foreign key (org_id, server_id) references mcp_servers (org_id, id) on delete cascade,
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
create index mcp_server_workspaces_of on mcp_server_workspaces (org_id, workspace_id);
call protect_tenant_table('mcp_server_workspaces');
grant select, insert, update, delete on mcp_server_workspaces to delegraph_app;

-- Notices tell of tools that stopped because their server changed them.
drop index events_noticed;
create index events_noticed on events (org_id, seq desc)
  where type in ('delegation.completed', 'delegation.failed', 'delegation.lost', 'delegation.waiting', 'approval.decided',
                 'budget.warned', 'chain.paused', 'member.joined', 'mcp-server.tools-seen');
