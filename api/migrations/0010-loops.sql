-- What people let go on after the loop breaker stopped it. `once` (rule '*') begins to count anew for a chain; `always`
-- switches one rule off for a chain, an edge of the org chart or a tool of a workspace.
create table loop_allowances (
  org_id uuid not null references orgs (id) on delete cascade,
  scope text not null check (length(scope) between 1 and 300),
  rule text not null check (length(rule) between 1 and 60),
  how text not null check (how in ('once', 'always')),
  allowed_by text not null,
  allowed_at timestamptz not null default now(),
  primary key (org_id, scope, rule)
);
call protect_tenant_table('loop_allowances');
grant select, insert, update, delete on loop_allowances to delegraph_app;

create index delegations_by_chain on delegations (org_id, chain_id, created_at);
create index delegations_by_edge on delegations (org_id, from_workspace_id, workspace_id, created_at)
  where from_workspace_id is not null;
