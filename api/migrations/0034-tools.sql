-- Rules say of a call that it runs, waits for a yes or is refused; for a workspace, a team, a role, a tier or everywhere.

alter table approval_rules
  add column effect text not null default 'ask' check (effect in ('allow', 'ask', 'refuse')),
  -- With a workspace: for everything below it too.
  add column with_team boolean not null default false,
  -- Of a workspace, as its config says it; a pattern with *.
  add column role text check (length(role) between 1 and 120),
  -- Only workspaces trusted this much or more.
  add column min_tier int check (min_tier between 1 and 5),
  add check (effect <> 'refuse' or min_cost is null);

-- Where word of a category goes: to people from a role upward, or to a workspace.
create table notify_routes (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  category text not null check (length(category) between 1 and 120),
  lowest text check (lowest in ('viewer', 'member', 'manager', 'admin', 'owner')),
  workspace_id uuid,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade,
  check ((lowest is null) <> (workspace_id is null)),
  unique nulls not distinct (org_id, category, lowest, workspace_id)
);
call protect_tenant_table('notify_routes');

-- What agents told people; the event of the log says that they did.
create table notifications (
  org_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  category text not null,
  lowest text,
  text text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
create index notifications_lately on notifications (org_id, workspace_id, created_at desc);
call protect_tenant_table('notifications');
grant select, insert, update, delete on notify_routes, notifications to delegraph_app;

drop index events_noticed;
create index events_noticed on events (org_id, seq desc)
  where type in ('delegation.completed', 'delegation.failed', 'delegation.lost', 'delegation.waiting', 'approval.decided',
                 'budget.warned', 'chain.paused', 'member.joined', 'mcp-server.tools-seen', 'people.notified',
                 'message.sent');

-- Pinned memories neither fade nor merge. What tidying put away is kept so long that it can be taken back.
alter table memories
  add column pinned boolean not null default false,
  -- When its importance was last halved by time.
  add column faded_at timestamptz,
  add column kept_until timestamptz;

create table memory_tidyings (
  org_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  by_name text not null,
  -- [{ memoryId, does: merged | faded | dropped | raised, from, to, into }]
  changes jsonb not null,
  created_at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
create index memory_tidyings_newest on memory_tidyings (org_id, workspace_id, created_at desc);
call protect_tenant_table('memory_tidyings');
grant select, insert, update, delete on memory_tidyings to delegraph_app;
create policy owner_reads on memory_tidyings for select to delegraph_owner using (true);

create or replace function erase_forgotten() returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from memories m
     where m.deleted_at < now() - interval '1 day' and (m.kept_until is null or m.kept_until < now());
  end;

-- Workspaces with enough memories to be worth it, something new since the last tidying, and none within a day.
create function memories_to_tidy(wanted int) returns table (org_id uuid, workspace_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.org_id, m.workspace_id from memories m
      left join lateral (
        select max(t.created_at) as at from memory_tidyings t
         where t.org_id = m.org_id and t.workspace_id = m.workspace_id) last on true
     where m.deleted_at is null
     group by m.org_id, m.workspace_id, last.at
    having count(*) >= 20 and (last.at is null or (last.at < now() - interval '1 day' and max(m.created_at) > last.at)
                               or last.at < now() - interval '7 days')
     order by last.at nulls first limit wanted;
  end;
revoke all on function memories_to_tidy(int) from public;
grant execute on function memories_to_tidy(int) to delegraph_app;

-- The same ranking as before with its parts told, each from 0 to 1; what is pinned is always fresh and matters most.
drop function search_memories(uuid, uuid[], text[], text, tsquery, int);
create function search_memories(reader uuid, team uuid[], scopes text[], wanted_kind text, asked tsquery, most int)
  returns table (id uuid, score float8, fits float8, fresh float8, weighs float8)
  language sql stable rows 50 security definer set search_path = public, pg_temp
  begin atomic
    select ranked.id, (0.05 + ranked.fits) * (0.05 + ranked.weighs) * (0.05 + ranked.fresh) as score,
           ranked.fits, ranked.fresh, ranked.weighs
      from (
        select m.id, m.created_at, ts_rank(m.words, asked, 1)::float8 as fits,
               case when m.pinned then 1 else m.importance end::float8 as weighs,
               case when m.pinned then 1
                    else power(0.5, extract(epoch from now() - coalesce(m.used_at, m.created_at))::float8 / (30 * 86400))
               end::float8 as fresh
          from memories m
         where m.org_id = current_org() and m.deleted_at is null
           and m.words @@ (quote_literal('org/' || current_org()::text)::tsquery && asked)
           and m.scope = any (scopes) and (wanted_kind is null or m.kind = wanted_kind)
           and (m.scope = 'GLOBAL' or (m.scope = 'LOCAL' and m.workspace_id = reader)
                or (m.scope = 'TEAM' and m.workspace_id = any (team)))) ranked
     order by 2 desc, ranked.created_at desc, ranked.id
     limit most;
  end;
revoke all on function search_memories(uuid, uuid[], text[], text, tsquery, int) from public;
grant execute on function search_memories(uuid, uuid[], text[], text, tsquery, int) to delegraph_app;
