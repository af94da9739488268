-- People: invitations, names of members for each other, names of those who left, and organisations that end.

-- Of the link that was sent only the hash is kept. A row is an open invitation; what became of others the log tells.
create table invitations (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  email text not null check (email = lower(email) and length(email) between 3 and 254),
  role text not null check (role in ('owner', 'admin', 'manager', 'member', 'viewer')),
  token_hash bytea not null check (length(token_hash) = 32),
  invited_by text not null,
  invited_by_name text not null,
  is_mailed boolean not null,
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, email)
);
create index invitations_by_hash on invitations (token_hash);
call protect_tenant_table('invitations');
grant select, insert, update, delete on invitations to delegraph_app;
create policy owner_reads on invitations for select to delegraph_owner using (true);

-- The log names people by id; this says who those were that are no members any more.
create table past_members (
  org_id uuid not null references orgs (id) on delete cascade,
  user_id text not null,
  name text not null,
  left_at timestamptz not null default now(),
  primary key (org_id, user_id)
);
call protect_tenant_table('past_members');
grant select, insert, update, delete on past_members to delegraph_app;

-- The members of the org that is set, with the names and addresses they have now.
create function people_of_org() returns table (user_id text, name text, email text, role text, joined_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.user_id, coalesce(u.name, 'A person without an account'), u.email, m.role, m.created_at
      from members m left join auth."user" u on u.id = m.user_id
     where m.org_id = current_org();
  end;

-- What an invitation's link opens, as long as it holds.
create function invitation_by_hash(asked bytea)
  returns table (org_id uuid, id uuid, org_name text, email text, role text, invited_by_name text, is_mailed boolean)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select i.org_id, i.id, o.name, i.email, i.role, i.invited_by_name, i.is_mailed
      from invitations i join orgs o on o.id = i.org_id
     where i.token_hash = asked and i.expires_at > now();
  end;

-- The address of the person who asks, to compare it with the one that was invited.
create function email_of_person(asked_user text) returns text
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select u.email from auth."user" u where u.id = asked_user;
  end;

-- An org ends in two steps: all doors are shut and its work is told to end, and then, when that has ended and everybody who
-- looked has heard it, its rows go.
alter table orgs add column deleted_at timestamptz;

create function orgs_to_erase(patience interval) returns table (org_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select o.id from orgs o
     where o.deleted_at < now() - patience
       and (o.deleted_at < now() - interval '1 minute' or not exists (
         select from steps s where s.org_id = o.id and s.state = 'running'));
  end;

-- Takes at most so many rows out of each table that nothing points at, of the org that is set and has ended; gives how many.
-- Large orgs go piece by piece, so that no statement runs for long.
create function erase_leaves(at_most int) returns bigint
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  leaf regclass;
  gone bigint;
  total bigint := 0;
begin
  if not exists (select from orgs o where o.id = current_org() and o.deleted_at is not null) then
    raise exception 'only an org that has ended is erased';
  end if;
  for leaf in
    select c.oid::regclass from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and not exists (select from pg_constraint k where k.confrelid = c.oid and k.contype = 'f')
     order by c.relname
  loop
    execute format('delete from %1$s where ctid = any (array(select ctid from %1$s where org_id = $1 limit $2))', leaf)
      using current_org(), at_most;
    get diagnostics gone = row_count;
    total := total + gone;
  end loop;
  return total;
end $$;

revoke all on function people_of_org(), invitation_by_hash(bytea), email_of_person(text), orgs_to_erase(interval),
  erase_leaves(int) from public;
grant execute on function people_of_org(), invitation_by_hash(bytea), email_of_person(text), orgs_to_erase(interval),
  erase_leaves(int) to delegraph_app;
