-- What needs a yes before it runs, and the questions that were asked.

create table approval_rules (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  -- A name, or a pattern with *, of a tool; for a rule about cost, of a model.
  tool text not null check (length(tool) between 1 and 120),
  -- Null: everywhere in the organisation.
  workspace_id uuid,
  -- Only workspaces trusted this little or less.
  max_tier int check (max_tier between 1 and 5),
  -- Micro-dollars. With it the rule is about model calls that may cost as much; without it, about tools.
  min_cost bigint check (min_cost >= 0),
  expires_seconds int not null check (expires_seconds between 1 and 2592000),
  escalate text not null check (escalate in ('people', 'parents-first')),
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id)
);
call protect_tenant_table('approval_rules');

create table approvals (
  org_id uuid not null,
  id uuid not null,
  delegation_id uuid not null,
  step int not null,
  -- Who asks.
  workspace_id uuid not null,
  kind text not null check (kind in ('tool', 'model')),
  tool text not null,
  -- The arguments, shortened: enough to decide.
  args text not null,
  state text not null check (state in ('pending', 'approved', 'denied', 'expired', 'withdrawn')),
  -- The workspace above that may answer; null: people.
  assigned_to uuid,
  -- When it is passed upwards, if nobody answered.
  escalate_at timestamptz,
  escalate_every interval,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by jsonb,
  decided_by_name text,
  reason text not null default '',
  primary key (org_id, id),
  unique (org_id, delegation_id, step),
  foreign key (org_id, delegation_id) references delegations (org_id, id) on delete cascade,
  foreign key (org_id, workspace_id) references workspaces (org_id, id),
  foreign key (org_id, assigned_to) references workspaces (org_id, id),
  check ((state = 'pending') = (decided_at is null)),
  check ((escalate_at is null) = (assigned_to is null))
);
create index approvals_pending on approvals (org_id, created_at) where state = 'pending';
create index approvals_newest on approvals (org_id, created_at desc);
create index approvals_to_expire on approvals (least(expires_at, escalate_at)) where state = 'pending';
call protect_tenant_table('approvals');
grant select, insert, update, delete on approval_rules, approvals to delegraph_app;

-- Questions whose time is over, or which are to be passed upwards: ids only. The org itself decides what becomes of them.
create policy owner_reads on approvals for select to delegraph_owner using (true);
create function approvals_due(wanted int) returns table (org_id uuid, approval_id uuid, delegation_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.org_id, a.id, a.delegation_id from approvals a
     where a.state = 'pending' and least(a.expires_at, a.escalate_at) <= now()
     order by least(a.expires_at, a.escalate_at) limit wanted;
  end;
revoke all on function approvals_due(int) from public;
grant execute on function approvals_due(int) to delegraph_app;
