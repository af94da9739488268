-- Work on keys in the background, one at a time an org: wrapping every data key anew, or sealing every value by a fresh one.
-- What was done is known by the place reached, which moves in the commit of what it stands for.
create table key_rotations (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('wrapping', 'data')),
  -- By (secret, version): everything up to here is done.
  after_secret uuid not null default '00000000-0000-0000-0000-000000000000',
  after_version int not null default 0,
  total int not null,
  done int not null default 0,
  -- What could not be opened, with the reason of the first; it stays as it was.
  failed int not null default 0,
  problem text,
  started_by_name text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- When a node may take it up; after a trouble with the key service a little later.
  look_at timestamptz not null default now(),
  claimed_until timestamptz,
  epoch bigint not null default 0,
  primary key (org_id, id),
  check (done >= 0 and failed >= 0)
);
create unique index key_rotations_running on key_rotations (org_id) where finished_at is null;
create index key_rotations_due on key_rotations (look_at) where finished_at is null;
create index key_rotations_newest on key_rotations (org_id, started_at desc);
call protect_tenant_table('key_rotations');
grant select, insert, update, delete on key_rotations to delegraph_app;
create policy owner_claims on key_rotations to delegraph_owner using (true) with check (true);

-- Rotations that are due, each for one node: ids and a lease. A node that is gone is followed by another when its lease ends.
create function claim_key_rotations(wanted int, lease interval)
  returns table (org_id uuid, id uuid, kind text, epoch bigint)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  #variable_conflict use_column
begin
  return query
  with due as (
    select r.org_id, r.id from key_rotations r
     where r.finished_at is null and r.look_at <= now() and (r.claimed_until is null or r.claimed_until <= now())
     order by r.look_at limit wanted for update skip locked
  )
  update key_rotations r set claimed_until = now() + lease, epoch = r.epoch + 1
    from due where r.org_id = due.org_id and r.id = due.id
  returning r.org_id, r.id, r.kind, r.epoch;
end $$;

-- For the operator: begins one in every org that has something to rotate and no rotation yet. Gives how many were begun.
create function start_key_rotations(asked_kind text, by_name text) returns int
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with begun as (
      insert into key_rotations (org_id, id, kind, total, started_by_name)
      select v.org_id, gen_random_uuid(), asked_kind, count(*), by_name from secret_versions v group by v.org_id
      on conflict do nothing returning 1
    ) select count(*)::int from begun;
  end;

-- For the operator: how far all orgs together are, without naming one.
create function key_rotation_progress()
  returns table (running int, total int, done int, failed int, problem text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select count(*)::int, coalesce(sum(r.total), 0)::int, coalesce(sum(r.done), 0)::int, coalesce(sum(r.failed), 0)::int,
           min(r.problem)
      from key_rotations r where r.finished_at is null;
  end;

-- For the operator: by which keys how many values are wrapped.
create function wrapping_key_counts() returns table (key_id text, versions int)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select v.key_id, count(*)::int from secret_versions v group by v.key_id order by v.key_id;
  end;

-- What is over is kept for a year.
create function drop_old_key_rotations() returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from key_rotations r where r.finished_at < now() - interval '400 days';
  end;

revoke all on function claim_key_rotations(int, interval), start_key_rotations(text, text), key_rotation_progress(),
  wrapping_key_counts(), drop_old_key_rotations() from public;
grant execute on function claim_key_rotations(int, interval), start_key_rotations(text, text), key_rotation_progress(),
  wrapping_key_counts(), drop_old_key_rotations() to delegraph_app;
