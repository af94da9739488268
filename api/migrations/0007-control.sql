-- Control: pausing, freezing, stopping; and what a step must know to be begun again after a crash.

-- A workspace is paused, or frozen, with everything below it; an organisation that was stopped starts nothing.
alter table workspaces add column paused_at timestamptz, add column frozen_at timestamptz;
alter table orgs add column stopped_at timestamptz, add column frozen_at timestamptz;

-- May the effect be begun again when nobody knows whether it happened? And the question it waits for.
alter table steps add column is_safe boolean not null default true, add column approval_id uuid,
  -- How long the effect may take, where a budget of time says so.
  add column within_ms bigint;

-- What holds for a workspace by itself or by anything above it. The walk ends at 32, like every walk up the chart.
create function standing_of(asked_org uuid, asked_workspace uuid) returns table (is_paused boolean, is_frozen boolean)
  language sql stable
  begin atomic
    with recursive above as (
      select w.parent_id, w.paused_at, w.frozen_at, 1 as height from workspaces w
       where w.org_id = asked_org and w.id = asked_workspace
      union all
      select p.parent_id, p.paused_at, p.frozen_at, above.height + 1 from workspaces p
        join above on p.org_id = asked_org and p.id = above.parent_id where above.height < 32
    )
    select coalesce(bool_or(above.paused_at is not null), false) or (select o.stopped_at is not null from orgs o where o.id = asked_org),
           coalesce(bool_or(above.frozen_at is not null), false) or (select o.frozen_at is not null from orgs o where o.id = asked_org)
      from above;
  end;
grant execute on function standing_of(uuid, uuid) to delegraph_app;

-- A worker that ends lets its leases run out at once; like everybody it locks the queue entries first, by id. What its
-- effects did by then nobody knows, so they are recovered like those of a worker that died.
create or replace function release_leases(worker uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from ready r
    where r.leased_by = worker
       or (r.org_id, r.delegation_id) in (
         select s.org_id, s.delegation_id from steps s where s.leased_by = worker and s.state = 'running')
    order by r.delegation_id for update;
  update steps s set lease_until = now() where s.leased_by = worker and s.state = 'running';
  update ready r set leased_by = null, lease_until = null, wake_at = now()
   where r.leased_by = worker and r.lease_until is not null;
end $$;

-- As before, but what a pause keeps from running is not asleep, and a wait with a time to go on is not either.
create index delegations_not_ended on delegations (org_id, workspace_id, id)
  where state not in ('completed', 'failed', 'cancelled');
create or replace function find_asleep(default_places int) returns table (org_id uuid, delegation_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    with places as (
      select w.org_id, w.id, w.deleted_at,
             case when (select standing.is_paused from standing_of(w.org_id, w.id) standing) then 0
                  else greatest(coalesce(case when f.config ->> 'max_concurrent_tasks' ~ '^\d{1,3}$'
                                              then (f.config ->> 'max_concurrent_tasks')::int end, default_places), 1) end as allowed,
             (select count(*) from delegations d
               where d.org_id = w.org_id and d.workspace_id = w.id and d.state in ('running', 'lost')) as taken
        from workspaces w
        left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
       where exists (select from delegations d where d.org_id = w.org_id and d.workspace_id = w.id
                       and d.state not in ('completed', 'failed', 'cancelled'))
    )
    select d.org_id, d.id
      from delegations d
      join places p on p.org_id = d.org_id and p.id = d.workspace_id
      left join ready r on r.org_id = d.org_id and r.delegation_id = d.id
     where d.state not in ('completed', 'failed', 'cancelled')
       and r.wake_at is null and r.lease_until is null
       and case d.state
             when 'queued' then p.deleted_at is not null or d.cancel_asked_at is not null or (p.taken < p.allowed and not exists (
               select from delegations n join ready nr on nr.org_id = n.org_id and nr.delegation_id = n.id
                where n.org_id = d.org_id and n.workspace_id = d.workspace_id and n.state = 'queued'
                  and (nr.wake_at is not null or nr.lease_until is not null)))
             when 'waiting' then d.cancel_asked_at is not null or d.waiting_for = 'retry' or (d.waiting_for = 'child' and not exists (
               select from steps s join delegations c on c.org_id = s.org_id and c.id = s.child_id
                where s.org_id = d.org_id and s.delegation_id = d.id and s.state = 'waiting'
                  and c.state not in ('completed', 'failed', 'cancelled')))
             else not exists (
               select from steps s where s.org_id = d.org_id and s.delegation_id = d.id and s.state in ('pending', 'running'))
           end
     limit 1000;
  end;

-- The orgs of a person, now with what was stopped or frozen.
drop function orgs_of_user(text);
create function orgs_of_user(asked_user text)
  returns table (id uuid, name text, contact_policy text, is_rehearsal boolean, role text, is_stopped boolean, is_frozen boolean)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select o.id, o.name, o.contact_policy, o.is_rehearsal, m.role, o.stopped_at is not null, o.frozen_at is not null
      from members m join orgs o on o.id = m.org_id
     where m.user_id = asked_user
     order by o.created_at, o.id;
  end;
revoke all on function orgs_of_user(text) from public;
grant execute on function orgs_of_user(text) to delegraph_app;

-- A worker is known to be gone when nobody holds its sign of life, the advisory lock of its line. Then its leases need not
-- run out by themselves: those it has not prolonged for a while end now.
create function is_gone(worker uuid) returns boolean
  language sql stable
  return not exists (
    select from pg_locks l
     where l.locktype = 'advisory' and l.objsubid = 1
       and l.database = (select d.oid from pg_database d where d.datname = current_database())
       and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended(worker::text, 20263));

create function expire_gone(lease interval, silence interval) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  gone uuid[];
begin
  select array_agg(silent.leased_by) into gone
    from (select s.leased_by from steps s
           where s.state = 'running' and s.lease_until > now() and s.lease_until < now() + lease - silence
          union
          select r.leased_by from ready r
           where r.lease_until > now() and r.lease_until < now() + lease - silence) silent
   where is_gone(silent.leased_by);
  if gone is null then
    return;
  end if;
  update ready r set lease_until = now()
   where (r.org_id, r.delegation_id) in (
     select held.org_id, held.delegation_id from ready held
      where held.leased_by = any (gone) and held.lease_until > now() for update skip locked);
  update steps s set lease_until = now()
   where (s.org_id, s.delegation_id, s.step) in (
     select held.org_id, held.delegation_id, held.step from steps held
      where held.leased_by = any (gone) and held.state = 'running' and held.lease_until > now() for update skip locked);
end $$;
revoke all on function expire_gone(interval, interval) from public;
grant execute on function expire_gone(interval, interval) to delegraph_app;
