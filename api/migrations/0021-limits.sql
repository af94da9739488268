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
