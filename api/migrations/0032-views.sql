-- How each person looks at an org's graph, by names of their own.
create table views (
  org_id uuid not null,
  user_id text not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  look jsonb not null check (pg_column_size(look) <= 131072),
  created_at timestamptz not null default clock_timestamp(),
  primary key (org_id, user_id, id),
  foreign key (org_id, user_id) references members (org_id, user_id) on delete cascade
);
call protect_tenant_table('views');
grant select, insert, update, delete on views to delegraph_app;
