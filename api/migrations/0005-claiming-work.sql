-- Workers claim across orgs, and only that: these functions of the owner give ids and leases, never contents. Claims rotate
-- over the orgs that have work, so that a busy org cannot starve a quiet one.

create policy owner_claims on ready to delegraph_owner using (true) with check (true);
create policy owner_claims on steps to delegraph_owner using (true) with check (true);
create policy owner_reads on delegations for select to delegraph_owner using (true);
create policy owner_reads on workspaces for select to delegraph_owner using (true);
create policy owner_reads on files for select to delegraph_owner using (true);

-- Delegations that are due and held by nobody. `after_org` is the org this worker served last.
create function claim_ready(worker uuid, after_org uuid, wanted int, lease interval)
  returns table (org_id uuid, delegation_id uuid, epoch bigint)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  #variable_conflict use_column
begin
  return query
  with recursive ahead as (
    (select r.org_id, 1 as place from ready r
      where r.wake_at <= now() and r.lease_until is null and r.org_id > after_org order by r.org_id limit 1)
    union all
    select (select r.org_id from ready r
             where r.wake_at <= now() and r.lease_until is null and r.org_id > ahead.org_id order by r.org_id limit 1),
           ahead.place + 1
      from ahead where ahead.org_id is not null and ahead.place < wanted
  ), behind as (
    (select r.org_id, wanted + 1 as place from ready r
      where r.wake_at <= now() and r.lease_until is null and r.org_id <= after_org order by r.org_id limit 1)
    union all
    select (select r.org_id from ready r
             where r.wake_at <= now() and r.lease_until is null
               and r.org_id > behind.org_id and r.org_id <= after_org order by r.org_id limit 1),
           behind.place + 1
      from behind where behind.org_id is not null and behind.place < 2 * wanted
  ), orgs_due as (
    select * from (select * from ahead union all select * from behind) both_sides
     where both_sides.org_id is not null order by place limit wanted
  ), share as (
    select ceil(wanted::numeric / greatest(count(*), 1))::int as each from orgs_due
  ), due as (
    select picked.org_id, picked.delegation_id
      from orgs_due cross join share
      cross join lateral (
        select r.org_id, r.delegation_id from ready r
         where r.org_id = orgs_due.org_id and r.wake_at <= now() and r.lease_until is null
         order by r.wake_at limit share.each for update skip locked
      ) picked
     limit wanted
  )
  update ready r
     set lease_until = now() + lease, leased_by = worker, epoch = r.epoch + 1, seen = r.wakes, wake_at = null
    from due where r.org_id = due.org_id and r.delegation_id = due.delegation_id
  returning r.org_id, r.delegation_id, r.epoch;
end $$;

-- Effects to run: pending steps of running delegations. `full_orgs` hold their share of this worker already.
create function claim_steps(worker uuid, after_org uuid, wanted int, lease interval, full_orgs uuid[])
  returns table (org_id uuid, delegation_id uuid, step int, attempt int)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  #variable_conflict use_column
begin
  return query
  with recursive orgs as (
    (select s.org_id from steps s where s.state = 'pending' and s.kind <> 'context' order by s.org_id limit 1)
    union all
    select (select s.org_id from steps s
             where s.state = 'pending' and s.kind <> 'context' and s.org_id > orgs.org_id order by s.org_id limit 1)
      from orgs where orgs.org_id is not null
  ), orgs_due as (
    select orgs.org_id from orgs
     where orgs.org_id is not null and orgs.org_id <> all (full_orgs)
     order by orgs.org_id <= after_org, orgs.org_id limit wanted
  ), share as (
    select ceil(wanted::numeric / greatest(count(*), 1))::int as each from orgs_due
  ), due as (
    select picked.org_id, picked.delegation_id, picked.step
      from orgs_due cross join share
      cross join lateral (
        select s.org_id, s.delegation_id, s.step
          from steps s join delegations d on d.org_id = s.org_id and d.id = s.delegation_id
         where s.org_id = orgs_due.org_id and s.state = 'pending' and s.kind <> 'context' and d.state = 'running'
         order by s.created_at, s.step limit share.each for update of s skip locked
      ) picked
     limit wanted
  )
  update steps s
     set state = 'running', leased_by = worker, lease_until = now() + lease, started_at = coalesce(s.started_at, now())
    from due where s.org_id = due.org_id and s.delegation_id = due.delegation_id and s.step = due.step
  returning s.org_id, s.delegation_id, s.step, s.attempt;
end $$;

-- Prolongs a worker's leases and gives the effects that are still its own; one that is missing was cancelled or lost. A lease
-- that ran out is never prolonged: its work may be someone else's by now. Rows somebody is writing wait for the next beat.
create function prolong_leases(worker uuid, lease interval)
  returns table (org_id uuid, delegation_id uuid, step int, attempt int)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  #variable_conflict use_column
begin
  update ready r set lease_until = now() + lease
   where (r.org_id, r.delegation_id) in (
     select held.org_id, held.delegation_id from ready held
      where held.leased_by = worker and held.lease_until > now() for update skip locked);
  update steps s set lease_until = now() + lease
   where (s.org_id, s.delegation_id, s.step) in (
     select held.org_id, held.delegation_id, held.step from steps held
      where held.leased_by = worker and held.state = 'running' and held.lease_until > now() for update skip locked);
  return query
  select s.org_id, s.delegation_id, s.step, s.attempt from steps s
   where s.leased_by = worker and s.state = 'running' and s.lease_until > now()
     and not exists (select from delegations d
                      where d.org_id = s.org_id and d.id = s.delegation_id and d.cancel_asked_at is not null);
end $$;

-- A worker that ends hands everything back at once; like everybody it locks the queue entries first, by id.
create function release_leases(worker uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from ready r
    where r.leased_by = worker
       or (r.org_id, r.delegation_id) in (
         select s.org_id, s.delegation_id from steps s where s.leased_by = worker and s.state = 'running')
    order by r.delegation_id for update;
  update steps s set state = 'pending', leased_by = null, lease_until = null
   where s.leased_by = worker and s.state = 'running';
  update ready r set leased_by = null, lease_until = null, wake_at = now()
   where r.leased_by = worker and r.lease_until is not null;
end $$;

-- Advances whose holder is gone are claimable again; whatever they had not committed did not happen.
create function free_expired_advances() returns table (org_id uuid, delegation_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  #variable_conflict use_column
begin
  return query
  with gone as (
    select r.org_id, r.delegation_id from ready r
     where r.lease_until <= now() order by r.delegation_id limit 1000 for update skip locked
  )
  update ready r set leased_by = null, lease_until = null, wake_at = now()
    from gone where r.org_id = gone.org_id and r.delegation_id = gone.delegation_id
  returning r.org_id, r.delegation_id;
end $$;

-- Delegations with an effect whose holder is gone; the org itself marks them lost and starts them again.
create function find_lost() returns table (org_id uuid, delegation_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct s.org_id, s.delegation_id from steps s
     where s.state = 'running' and s.lease_until <= now() limit 1000;
  end;

-- Delegations nothing would ever move again: not ended, no wake, no lease, no effect, no open wait. There must be none;
-- except queued ones whose workspace got more places by its configuration, which is how those are found.
create function find_asleep(default_places int) returns table (org_id uuid, delegation_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    with places as (
      select w.org_id, w.id, w.deleted_at,
             greatest(coalesce(case when f.config ->> 'max_concurrent_tasks' ~ '^\d{1,3}$'
                                    then (f.config ->> 'max_concurrent_tasks')::int end, default_places), 1) as allowed,
             (select count(*) from delegations d
               where d.org_id = w.org_id and d.workspace_id = w.id and d.state = 'running') as taken
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
             when 'waiting' then d.cancel_asked_at is not null or (d.waiting_for = 'child' and not exists (
               select from steps s join delegations c on c.org_id = s.org_id and c.id = s.child_id
                where s.org_id = d.org_id and s.delegation_id = d.id and s.state = 'waiting'
                  and c.state not in ('completed', 'failed', 'cancelled')))
             else not exists (
               select from steps s where s.org_id = d.org_id and s.delegation_id = d.id and s.state in ('pending', 'running'))
           end
     limit 1000;
  end;

revoke all on function claim_ready(uuid, uuid, int, interval), claim_steps(uuid, uuid, int, interval, uuid[]),
  prolong_leases(uuid, interval), release_leases(uuid), free_expired_advances(), find_lost(), find_asleep(int) from public;
grant execute on function claim_ready(uuid, uuid, int, interval), claim_steps(uuid, uuid, int, interval, uuid[]),
  prolong_leases(uuid, interval), release_leases(uuid), free_expired_advances(), find_lost(), find_asleep(int)
  to delegraph_app;
