-- Uses of secrets by MCP servers that are reached for the whole organisation, in hours. The name stays when the server is gone.
create table secret_server_uses (
  org_id uuid not null,
  secret_id uuid not null,
  server_id uuid not null,
  server_name text not null check (length(server_name) between 1 and 24),
  hour timestamptz not null,
  count int not null,
  last_at timestamptz not null,
  primary key (org_id, secret_id, server_id, hour),
  foreign key (org_id, secret_id) references secrets (org_id, id) on delete cascade
);
call protect_tenant_table('secret_server_uses');
grant select, insert, update, delete on secret_server_uses to delegraph_app;
create policy owner_destroys on secret_server_uses to delegraph_owner using (true) with check (true);

create or replace function destroy_old_secrets() returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from secrets s where s.deleted_at < now() - interval '24 hours';
    delete from secret_versions v where v.replaced_at < now() - interval '30 days';
    delete from secret_uses u where u.hour < now() - interval '400 days';
    delete from secret_server_uses u where u.hour < now() - interval '400 days';
  end;
