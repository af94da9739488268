-- Programs people ran and shared inside their org, with how it went.
create table shared_runs (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  language text not null check (language in ('typescript', 'javascript', 'python')),
  code text not null check (length(code) <= 200000),
  files jsonb not null,
  stdin text not null check (length(stdin) <= 100000),
  -- Null where it was shared before it was run.
  record jsonb,
  shared_by jsonb not null,
  shared_by_name text not null,
  shared_at timestamptz not null default now(),
  primary key (org_id, id)
);
create index shared_runs_newest on shared_runs (org_id, shared_at desc, id desc);
call protect_tenant_table('shared_runs');
grant select, insert, delete on shared_runs to delegraph_app;
