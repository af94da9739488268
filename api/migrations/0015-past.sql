-- How an org was: its log projected up to a number, now and then, so that no look at the past reads the log from its beginning.

create table projections (
  org_id uuid not null references orgs (id) on delete cascade,
  seq bigint not null,
  state jsonb not null,
  primary key (org_id, seq)
);
call protect_tenant_table('projections');
grant select, insert on projections to delegraph_app;
create index events_by_time on events (org_id, at);

-- Orgs whose log has grown by more than so many events since the last projection.
create policy owner_reads on projections for select to delegraph_owner using (true);
create function orgs_to_project(every bigint, wanted int) returns table (org_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.org_id from org_sequences s
     where s.seq - coalesce((select max(p.seq) from projections p where p.org_id = s.org_id), 0) >= every limit wanted;
  end;
revoke all on function orgs_to_project(bigint, int) from public;
grant execute on function orgs_to_project(bigint, int) to delegraph_app;
