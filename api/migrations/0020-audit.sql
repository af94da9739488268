-- The audit: from where an act came, the chain of hashes over each log, and how long a log is kept.

-- The request behind what was told; null for what the engine does by itself.
alter table events add column origin jsonb check (pg_column_size(origin) <= 2048);
create index events_by_actor on events (org_id, (actor ->> 'id'), seq desc) where type <> 'step.changed';

-- What is known of a log as a whole: how long it is kept, how far it is sealed, and what was dropped below a checkpoint.
create table audit_logs (
  org_id uuid primary key references orgs (id) on delete cascade,
  keep_days int check (keep_days between 30 and 36500),
  sealed_seq bigint not null default 0,
  sealed_hash bytea not null default decode(repeat('00', 32), 'hex') check (length(sealed_hash) = 32),
  dropped_seq bigint not null default 0,
  dropped_hash bytea not null default decode(repeat('00', 32), 'hex') check (length(dropped_hash) = 32),
  dropped_at timestamptz
);
call protect_tenant_table('audit_logs');

-- Checkpoints: the hash of every event from first_seq to last_seq, 32 bytes each, in order. Each is made of the one before
-- and of what the event says; `before` is the hash of the event before the first.
create table audit_seals (
  org_id uuid not null references orgs (id) on delete cascade,
  last_seq bigint not null,
  first_seq bigint not null,
  before bytea not null check (length(before) = 32),
  hashes bytea not null check (length(hashes) = 32 * (last_seq - first_seq + 1)),
  sealed_at timestamptz not null default now(),
  primary key (org_id, last_seq)
);
-- Hashes do not compress.
alter table audit_seals alter column hashes set storage external;
call protect_tenant_table('audit_seals');

-- Of every tool call what it was given and what came of it, as it was when its event was sealed.
create table audit_calls (
  org_id uuid not null references orgs (id) on delete cascade,
  seq bigint not null,
  tool text not null,
  args_sha256 bytea not null,
  result_sha256 bytea,
  primary key (org_id, seq)
);
call protect_tenant_table('audit_calls');

-- Nobody but the functions below writes these.
grant select on audit_logs, audit_seals, audit_calls to delegraph_app;
grant insert (org_id, keep_days), update (keep_days) on audit_logs to delegraph_app;

create policy owner_seals on audit_logs to delegraph_owner using (true) with check (true);
create policy owner_seals on audit_seals to delegraph_owner using (true) with check (true);
create policy owner_seals on audit_calls to delegraph_owner using (true) with check (true);
create policy owner_seals on events for select to delegraph_owner using (true);
create policy owner_drops on events for delete to delegraph_owner using (true);

-- What of an event is hashed, besides the hash before: the same text wherever and whenever it is made.
create function audit_text(event events, call audit_calls) returns text
  language sql immutable
  return jsonb_build_array(
    event.seq, event.id, event.type, event.version, (extract(epoch from event.at) * 1000000)::bigint, event.actor,
    event.origin, event.chain_id, event.chain_depth, event.payload,
    call.tool, encode(call.args_sha256, 'hex'), encode(call.result_sha256, 'hex')
  )::text;

-- Goes on with the chain of one log by at most so many events; gives how many. Two that try at once do not wait for each other.
create function seal_log(asked_org uuid, at_most int) returns int
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  begun audit_logs;
  event record;
  first bigint;
  last bigint;
  prev bytea;
  chained bytea := ''::bytea;
  sealed int := 0;
begin
  insert into audit_logs (org_id) values (asked_org) on conflict do nothing;
  select * into begun from audit_logs l where l.org_id = asked_org for update skip locked;
  if not found then return 0; end if;
  insert into audit_calls (org_id, seq, tool, args_sha256, result_sha256)
  select e.org_id, e.seq, s.name, sha256(convert_to(coalesce(s.input ->> 'args', ''), 'UTF8')),
         case when e.payload ->> 'state' in ('done', 'failed', 'cancelled')
              then sha256(convert_to(coalesce(s.error, s.output ->> 'text', s.output::text), 'UTF8')) end
    from (select * from events where org_id = asked_org and seq > begun.sealed_seq order by seq limit at_most) e
    join steps s on s.org_id = e.org_id and s.delegation_id = (e.payload ->> 'delegationId')::uuid
                and s.step = (e.payload ->> 'step')::int
   where e.type = 'step.changed' and e.payload ->> 'kind' in ('tool', 'message')
  on conflict do nothing;
  prev := begun.sealed_hash;
  for event in
    select e.seq, audit_text(e, c) as text
      from (select * from events where org_id = asked_org and seq > begun.sealed_seq order by seq limit at_most) e
      left join audit_calls c on c.org_id = e.org_id and c.seq = e.seq
     order by e.seq
  loop
    -- After a hole another checkpoint begins; the verifier names the hole.
    exit when last is not null and event.seq <> last + 1;
    first := coalesce(first, event.seq);
    last := event.seq;
    prev := sha256(prev || convert_to(event.text, 'UTF8'));
    chained := chained || prev;
    sealed := sealed + 1;
  end loop;
  if sealed = 0 then return 0; end if;
  insert into audit_seals (org_id, first_seq, last_seq, before, hashes)
  values (asked_org, first, last, begun.sealed_hash, chained);
  update audit_logs l set sealed_seq = last, sealed_hash = prev where l.org_id = asked_org;
  return sealed;
end $$;

-- Logs that have grown since they were sealed.
create function logs_to_seal(wanted int) returns table (org_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.org_id from org_sequences s left join audit_logs l on l.org_id = s.org_id
     where s.seq > coalesce(l.sealed_seq, 0) order by coalesce(l.sealed_seq, 0) - s.seq limit wanted;
  end;

-- Logs that are not kept for ever.
create function logs_to_shorten() returns table (org_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select l.org_id from audit_logs l where l.keep_days is not null;
  end;

-- The last checkpoint with nothing after its beginning that the org's policy keeps; null where there is none.
create function droppable_to(asked_org uuid) returns bigint
  language sql stable
  begin atomic
    select max(s.last_seq) from audit_logs l join audit_seals s on s.org_id = l.org_id
     where l.org_id = asked_org and l.keep_days is not null
       and s.last_seq < coalesce((select min(e.seq) from events e where e.org_id = asked_org
                                     and e.at >= now() - make_interval(days => l.keep_days)), l.sealed_seq + 1);
  end;

-- Drops events up to a checkpoint that the policy of their org does not keep, so that what is left still verifies. Gives the
-- checkpoint the log now begins after, or no row when there was nothing to drop.
create function drop_old_events(asked_org uuid, to_seq bigint)
  returns table (dropped_to bigint, dropped_sha256 text, dropped_events bigint)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  #variable_conflict use_column
declare
  seal audit_seals;
  hash bytea;
  gone bigint;
begin
  perform from audit_logs l where l.org_id = asked_org for update;
  select s.* into seal from audit_seals s
   where s.org_id = asked_org and s.last_seq = to_seq and s.last_seq <= droppable_to(asked_org);
  if not found then return; end if;
  hash := substring(seal.hashes from length(seal.hashes) - 31);
  delete from events e where e.org_id = asked_org and e.seq <= to_seq;
  get diagnostics gone = row_count;
  delete from audit_calls c where c.org_id = asked_org and c.seq <= to_seq;
  delete from audit_seals s where s.org_id = asked_org and s.last_seq <= to_seq;
  update audit_logs l set dropped_seq = to_seq, dropped_at = now(), dropped_hash = hash where l.org_id = asked_org;
  return query select to_seq, encode(hash, 'hex'), gone;
end $$;

revoke all on function seal_log(uuid, int), logs_to_seal(int), logs_to_shorten(), drop_old_events(uuid, bigint) from public;
grant execute on function seal_log(uuid, int), logs_to_seal(int), logs_to_shorten(), droppable_to(uuid),
  drop_old_events(uuid, bigint) to delegraph_app;
