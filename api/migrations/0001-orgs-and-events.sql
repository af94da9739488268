-- Orgs, members and the ordered event log. Keys start with org_id, and row-level security is forced on every tenant table:
-- a forgotten `where` leaks nothing, and no foreign key can reach another org.

create function current_org() returns uuid
  language sql stable parallel safe
  return (select nullif(current_setting('app.org_id', true), '')::uuid);

create table orgs (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  contact_policy text not null default 'direct' check (contact_policy in ('direct', 'lineage')),
  is_rehearsal boolean not null default true,
  created_at timestamptz not null default now()
);
alter table orgs enable row level security;
alter table orgs force row level security;
create policy own_org on orgs using (id = (select current_org())) with check (id = (select current_org()));

create table members (
  org_id uuid not null references orgs (id) on delete cascade,
  user_id text not null,
  role text not null check (role in ('owner', 'admin', 'manager', 'member', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (org_id, user_id)
);
create index members_by_user on members (user_id);

create table org_sequences (
  org_id uuid primary key references orgs (id) on delete cascade,
  seq bigint not null default 0
);

create table events (
  org_id uuid not null references orgs (id) on delete cascade,
  seq bigint not null,
  id uuid not null,
  type text not null,
  version int not null default 1,
  at timestamptz not null,
  actor jsonb not null,
  chain_id uuid not null,
  chain_depth int not null default 0,
  payload jsonb not null check (pg_column_size(payload) <= 8192),
  primary key (org_id, seq),
  unique (org_id, id)
);

-- Every table with an org_id gets the same policy; the catalogue test fails for one that has none.
create procedure protect_tenant_table(name regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy own_org on %s using (org_id = (select current_org())) with check (org_id = (select current_org()))',
    name
  );
end $$;

call protect_tenant_table('members');
call protect_tenant_table('org_sequences');
call protect_tenant_table('events');

grant select, insert, update, delete on orgs, members, org_sequences to delegraph_app;
grant select, insert on events to delegraph_app;
grant execute on function current_org() to delegraph_app;

-- What crosses orgs is a narrow function that takes and checks what it needs. The owner is not exempt from FORCE, so these
-- tables carry one more policy that only the owner role meets.
create policy owner_reads on orgs for select to delegraph_owner using (true);
create policy owner_reads on members for select to delegraph_owner using (true);
create policy owner_reads on org_sequences for select to delegraph_owner using (true);

-- The orgs a person belongs to: what sign-in lists.
create function orgs_of_user(asked_user text)
  returns table (id uuid, name text, contact_policy text, is_rehearsal boolean, role text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select o.id, o.name, o.contact_policy, o.is_rehearsal, m.role
      from members m join orgs o on o.id = m.org_id
     where m.user_id = asked_user
     order by o.created_at, o.id;
  end;

-- The person's role in one org, or no row: an id of another org looks like one that does not exist.
create function role_in_org(asked_user text, asked_org uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.role from members m where m.user_id = asked_user and m.org_id = asked_org;
  end;

-- The heads of the logs named: what a tail compares its cursors with, once a second at most.
create function log_heads(asked_orgs uuid[]) returns table (org_id uuid, seq bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.org_id, s.seq from org_sequences s where s.org_id = any (asked_orgs);
  end;

revoke all on function orgs_of_user(text), role_in_org(text, uuid), log_heads(uuid[]) from public;
grant execute on function orgs_of_user(text), role_in_org(text, uuid), log_heads(uuid[]) to delegraph_app;
