-- A delegation is a row and an ordered list of recorded steps. It is its own queue entry (`ready`).

create table delegations (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  parent_id uuid,
  root_id uuid not null,
  -- The step of the parent that waits for this one.
  parent_step int,
  workspace_id uuid not null,
  from_workspace_id uuid,
  requester jsonb not null,
  requester_name text not null,
  task text not null,
  priority int not null,
  idempotency_key text,
  state text not null check (state in ('queued', 'running', 'waiting', 'lost', 'completed', 'failed', 'cancelled')),
  waiting_for text check (waiting_for in ('child', 'approval', 'input', 'budget', 'retry')),
  -- True once it has run and waits for a free place again: resumed work goes before new.
  has_started boolean not null default false,
  reason text,
  answer text,
  is_rehearsal boolean not null,
  step_limit int not null,
  steps_taken int not null default 0,
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  cost bigint not null default 0 check (cost >= 0),
  cancel_asked_at timestamptz,
  cancel_reason text,
  chain_id uuid not null,
  depth int not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, parent_id) references delegations (org_id, id),
  foreign key (org_id, root_id) references delegations (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id),
  foreign key (org_id, from_workspace_id) references workspaces (org_id, id),
  check ((state = 'waiting') = (waiting_for is not null)),
  check ((cancel_asked_at is null) = (cancel_reason is null)),
  check ((state in ('completed', 'failed', 'cancelled')) = (finished_at is not null))
);
create index delegations_by_workspace on delegations (org_id, workspace_id, created_at desc);
create index delegations_by_parent on delegations (org_id, parent_id);
create index delegations_by_root on delegations (org_id, root_id);
create index delegations_newest on delegations (org_id, created_at desc);
create index delegations_alive on delegations (org_id, workspace_id, state)
  where state not in ('completed', 'failed', 'cancelled');
-- A key belongs to who asks whom; a failed or cancelled delegation frees it.
create unique index delegations_by_key on delegations (org_id, workspace_id, from_workspace_id, idempotency_key)
  nulls not distinct where idempotency_key is not null and state not in ('failed', 'cancelled');
call protect_tenant_table('delegations');

-- The journal. `call` numbers parallel calls of one model answer; an effect is leased while it runs (`lease_until`, `attempt`).
create table steps (
  org_id uuid not null,
  delegation_id uuid not null,
  step int not null,
  kind text not null check (kind in ('context', 'model', 'tool', 'message', 'note')),
  state text not null check (state in ('pending', 'running', 'waiting', 'done', 'failed', 'cancelled')),
  name text not null,
  -- The model step whose answer asked for this call, and its place in it.
  asked_by int,
  call int,
  attempt int not null default 1,
  lease_until timestamptz,
  leased_by uuid,
  child_id uuid,
  input jsonb not null,
  output jsonb,
  error text,
  decider_version int not null,
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  cost bigint not null default 0,
  is_rehearsal boolean not null default false,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (org_id, delegation_id, step),
  unique (org_id, delegation_id, asked_by, call),
  foreign key (org_id, delegation_id) references delegations (org_id, id) on delete cascade
);
create index steps_to_run on steps (org_id, created_at) where state = 'pending' and kind <> 'context';
create index steps_leased on steps (leased_by, lease_until) where state = 'running';
create index steps_by_child on steps (org_id, child_id) where child_id is not null;
call protect_tenant_table('steps');

create table ready (
  org_id uuid not null,
  delegation_id uuid not null,
  wake_at timestamptz,
  lease_until timestamptz,
  leased_by uuid,
  epoch bigint not null default 0,
  wakes bigint not null default 1,
  seen bigint not null default 0,
  primary key (org_id, delegation_id),
  foreign key (org_id, delegation_id) references delegations (org_id, id) on delete cascade
);
create index ready_due on ready (org_id, wake_at) where wake_at is not null and lease_until is null;
create index ready_leased on ready (leased_by, lease_until) where lease_until is not null;
call protect_tenant_table('ready');

grant select, insert, update, delete on delegations, steps, ready to delegraph_app;
