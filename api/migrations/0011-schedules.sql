-- Work by the clock. `next_run_at` is what people see; `look_at` is when the clock looks next, later than that while the run
-- before is still going on. Both are null while it is off.
create table schedules (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  workspace_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  cron text not null check (length(cron) between 9 and 200),
  time_zone text not null check (length(time_zone) between 1 and 64),
  task text not null check (length(task) between 1 and 20000),
  priority text not null check (priority in ('critical', 'high', 'normal', 'low')),
  is_enabled boolean not null default true,
  version int not null default 1,
  next_run_at timestamptz,
  look_at timestamptz,
  claimed_until timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id),
  check ((next_run_at is null) = (look_at is null)),
  check (next_run_at is null or (is_enabled and deleted_at is null))
);
create index schedules_by_workspace on schedules (org_id, workspace_id) where deleted_at is null;
create index schedules_due on schedules (look_at) where look_at is not null;
call protect_tenant_table('schedules');

-- One row a planned time; skips for one reason in a row are one row that counts.
create table schedule_runs (
  org_id uuid not null,
  schedule_id uuid not null,
  planned_at timestamptz not null,
  last_at timestamptz not null,
  times int not null default 1,
  outcome text not null check (outcome in ('fired', 'skipped')),
  trigger text not null check (trigger in ('clock', 'person')),
  run_by text,
  code text,
  reason text,
  delegation_id uuid,
  created_at timestamptz not null default now(),
  primary key (org_id, schedule_id, planned_at),
  foreign key (org_id, schedule_id) references schedules (org_id, id) on delete cascade,
  foreign key (org_id, delegation_id) references delegations (org_id, id),
  check ((outcome = 'fired') = (delegation_id is not null)),
  check ((outcome = 'skipped') = (reason is not null))
);
create index schedule_runs_newest on schedule_runs (org_id, schedule_id, created_at desc);
create index schedule_runs_by_delegation on schedule_runs (org_id, delegation_id) where delegation_id is not null;
call protect_tenant_table('schedule_runs');
grant select, insert, update, delete on schedules, schedule_runs to delegraph_app;

create policy owner_claims on schedules to delegraph_owner using (true) with check (true);

-- Schedules whose time has come, each for one node: ids and a lease, never contents. What a node that died had claimed is
-- claimable again when its lease has run out; its planned time is fired once all the same, for firing is one transaction.
create function claim_schedules(wanted int, lease interval) returns table (org_id uuid, schedule_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  #variable_conflict use_column
begin
  return query
  with due as (
    select s.org_id, s.id from schedules s
     where s.look_at <= now() and (s.claimed_until is null or s.claimed_until <= now())
     order by s.look_at limit wanted for update skip locked
  )
  update schedules s set claimed_until = now() + lease
    from due where s.org_id = due.org_id and s.id = due.id
  returning s.org_id, s.id;
end $$;
revoke all on function claim_schedules(int, interval) from public;
grant execute on function claim_schedules(int, interval) to delegraph_app;
