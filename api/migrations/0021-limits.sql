-- Who may ask, and how much of it.

-- The session still holds, and the person's role in the org, in one question: no row for a session that has ended, a null
-- for an org that is not theirs.
create function role_in_session(asked_session text, asked_user text, asked_org uuid) returns table (role text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select (select m.role from members m where m.user_id = s."userId" and m.org_id = asked_org)
      from auth."session" s
     where s."id" = asked_session and s."userId" = asked_user and s."expiresAt" > now();
  end;

create function session_holds(asked_session text, asked_user text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (
      select from auth."session" s
       where s."id" = asked_session and s."userId" = asked_user and s."expiresAt" > now());
  end;

revoke all on function role_in_session(text, text, uuid), session_holds(text, text) from public;
grant execute on function role_in_session(text, text, uuid), session_holds(text, text) to delegraph_app;

-- What the operator agreed upon with an org; what is null is as for everybody.
create table org_limits (
  org_id uuid primary key references orgs (id) on delete cascade,
  workspaces int check (workspaces >= 0),
  running int check (running >= 0),
  storage_bytes bigint check (storage_bytes >= 0),
  events_per_second int check (events_per_second > 0),
  reads_per_second int check (reads_per_second > 0),
  writes_per_second int check (writes_per_second > 0),
  changed_at timestamptz not null default now()
);
call protect_tenant_table('org_limits');
grant select on org_limits to delegraph_app;
create policy owner_sets on org_limits to delegraph_owner using (true) with check (true);

-- For the operator, who works on the machine of the server: never reached by a request.
create function set_org_limit(asked_org uuid, limit_name text, value bigint) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if limit_name not in ('workspaces', 'running', 'storage_bytes', 'events_per_second', 'reads_per_second', 'writes_per_second')
     or not exists (select from orgs o where o.id = asked_org) then
    return false;
  end if;
  insert into org_limits (org_id) values (asked_org) on conflict do nothing;
  execute format('update org_limits set %I = $1, changed_at = now() where org_id = $2', limit_name) using value, asked_org;
  return true;
end $$;

-- Expensive requests of an org, as the moment at which all of them are there again: forty, and one more every two seconds.
-- None of it needs to outlive a crash.
create unlogged table rate_buckets (
  org_id uuid primary key references orgs (id) on delete cascade,
  full_at timestamptz not null
);
call protect_tenant_table('rate_buckets');
create policy owner_counts on rate_buckets to delegraph_owner using (true) with check (true);

-- Takes one; gives the seconds to wait when there is none, else 0.
create function spend_expensive(asked_org uuid) returns int
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with spent as (
      insert into rate_buckets as b (org_id, full_at) values (asked_org, now() + interval '2 seconds')
      on conflict (org_id) do update set full_at = greatest(b.full_at, now()) + interval '2 seconds'
        where greatest(b.full_at, now()) <= now() + interval '78 seconds'
      returning 0 as wait
    )
    select coalesce(
      (select s.wait from spent s),
      (select greatest(1, ceil(extract(epoch from b.full_at - now() - interval '78 seconds')))::int
         from rate_buckets b where b.org_id = asked_org),
      0);
  end;

-- What each node let through of busy orgs in the last second.
create unlogged table rate_shares (
  org_id uuid not null references orgs (id) on delete cascade,
  kind text not null check (kind in ('read', 'write')),
  node uuid not null,
  count int not null,
  at timestamptz not null,
  primary key (org_id, kind, node)
);
call protect_tenant_table('rate_shares');
create policy owner_counts on rate_shares to delegraph_owner using (true) with check (true);

-- Notes one node's counts and gives what all nodes that spoke lately let through, with what was agreed upon.
create function share_rates(asked_node uuid, orgs_of uuid[], kinds text[], counts int[])
  returns table (org_id uuid, kind text, total bigint, per_second int)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  #variable_conflict use_column
begin
  insert into rate_shares as s (org_id, kind, node, count, at)
  select g.org_id, g.kind, asked_node, g.count, now()
    from unnest(orgs_of, kinds, counts) g (org_id, kind, count) join orgs o on o.id = g.org_id
   order by g.org_id, g.kind
  on conflict (org_id, kind, node) do update set count = excluded.count, at = excluded.at;
  delete from rate_shares s where s.at < now() - interval '10 seconds' and s.org_id = any (orgs_of);
  return query
  select g.org_id, g.kind,
         (select coalesce(sum(s.count), 0) from rate_shares s
           where s.org_id = g.org_id and s.kind = g.kind and s.at > now() - interval '2500 milliseconds'),
         (select case g.kind when 'read' then l.reads_per_second else l.writes_per_second end
            from org_limits l where l.org_id = g.org_id)
    from unnest(orgs_of, kinds) g (org_id, kind);
end $$;

revoke all on function set_org_limit(uuid, text, bigint), spend_expensive(uuid), share_rates(uuid, uuid[], text[], int[])
  from public;
grant execute on function set_org_limit(uuid, text, bigint), spend_expensive(uuid), share_rates(uuid, uuid[], text[], int[])
  to delegraph_app;

-- What an org uses, measured by the clock: the sum of what it stores, and how fast its log grew since the last look.
create table org_usage (
  org_id uuid primary key references orgs (id) on delete cascade,
  storage_bytes bigint not null,
  events_per_second real not null,
  seq bigint not null,
  measured_at timestamptz not null default now()
);
call protect_tenant_table('org_usage');
grant select on org_usage to delegraph_app;
create policy owner_measures on org_usage to delegraph_owner using (true) with check (true);
create index delegations_at_work on delegations (org_id) where state in ('running', 'lost');

create policy owner_measures on steps for select to delegraph_owner using (true);
create policy owner_measures on file_versions for select to delegraph_owner using (true);
create policy owner_measures on memories for select to delegraph_owner using (true);
create policy owner_measures on events for select to delegraph_owner using (true);

-- Measures orgs whose log has grown since a minute ago or earlier; those it does not touch now are next.
create function measure_usage(wanted int) returns int
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  measured int;
begin
  with due as (
    select s.org_id, s.seq, u.seq as seq_before, u.measured_at as before
      from org_sequences s left join org_usage u on u.org_id = s.org_id
     where u.org_id is null or (u.measured_at < now() - interval '1 minute' and (u.seq <> s.seq or u.events_per_second > 0))
     order by u.measured_at nulls first limit wanted
  ), found as (
    insert into org_usage as u (org_id, storage_bytes, events_per_second, seq)
    select d.org_id,
           (select coalesce(sum(f.bytes), 0) from file_versions f where f.org_id = d.org_id)
         + (select coalesce(sum(octet_length(m.text)), 0) from memories m where m.org_id = d.org_id)
         + (select coalesce(sum(pg_column_size(t.input) + coalesce(pg_column_size(t.output), 0)), 0)
              from steps t where t.org_id = d.org_id),
           case when d.before is null then 0
                else (d.seq - d.seq_before) / greatest(extract(epoch from now() - d.before), 1) end,
           d.seq
      from due d
    on conflict (org_id) do update
      set storage_bytes = excluded.storage_bytes, events_per_second = excluded.events_per_second, seq = excluded.seq,
          measured_at = now()
    returning 1
  ) select count(*) into measured from found;
  return measured;
end $$;
revoke all on function measure_usage(int) from public;
grant execute on function measure_usage(int) to delegraph_app;
