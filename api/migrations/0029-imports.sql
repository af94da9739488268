-- What became of each import that the app began, by the id its page gave it: who asks to end one writes 'cancelled' first,
-- and the import, which writes its own row last, then finds its place taken and undoes itself.
create table imports (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  outcome text not null check (outcome in ('done', 'cancelled')),
  at timestamptz not null default now(),
  primary key (org_id, id)
);
create index imports_by_age on imports (org_id, at);
call protect_tenant_table('imports');
grant select, insert, delete on imports to delegraph_app;
