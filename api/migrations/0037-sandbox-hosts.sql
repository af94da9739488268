-- Whom programs of agents may reach, as far as the config of their workspace names it too. A name, never an address.
create table sandbox_hosts (
  org_id uuid not null references orgs (id) on delete cascade,
  host text not null check (length(host) between 1 and 255),
  port int not null check (port between 1 and 65535),
  allowed_by_name text not null,
  allowed_at timestamptz not null default now(),
  primary key (org_id, host, port)
);
call protect_tenant_table('sandbox_hosts');
grant select, insert, delete on sandbox_hosts to delegraph_app;
