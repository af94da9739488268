-- Rules say of a call that it runs, waits for a yes or is refused; for a workspace, a team, a role, a tier or everywhere.

alter table approval_rules
  add column effect text not null default 'ask' check (effect in ('allow', 'ask', 'refuse')),
  -- With a workspace: for everything below it too.
  add column with_team boolean not null default false,
  -- Of a workspace, as its config says it; a pattern with *.
  add column role text check (length(role) between 1 and 120),
  -- Only workspaces trusted this much or more.
  add column min_tier int check (min_tier between 1 and 5),
  add check (effect <> 'refuse' or min_cost is null);

-- Where word of a category goes: to people from a role upward, or to a workspace.
create table notify_routes (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  category text not null check (length(category) between 1 and 120),
  lowest text check (lowest in ('viewer', 'member', 'manager', 'admin', 'owner')),
  workspace_id uuid,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade,
  check ((lowest is null) <> (workspace_id is null)),
  unique nulls not distinct (org_id, category, lowest, workspace_id)
);
call protect_tenant_table('notify_routes');

-- What agents told people; the event of the log says that they did.
create table notifications (
  org_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  category text not null,
  lowest text,
  text text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
create index notifications_lately on notifications (org_id, workspace_id, created_at desc);
call protect_tenant_table('notifications');
grant select, insert, update, delete on notify_routes, notifications to delegraph_app;

drop index events_noticed;
create index events_noticed on events (org_id, seq desc)
  where type in ('delegation.completed', 'delegation.failed', 'delegation.lost', 'delegation.waiting', 'approval.decided',
                 'budget.warned', 'chain.paused', 'member.joined', 'mcp-server.tools-seen', 'people.notified',
                 'message.sent');
