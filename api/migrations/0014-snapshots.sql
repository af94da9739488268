-- Copies of an org's state. The file is kept in pieces, so that no statement carries more than one of them.

create table snapshots (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  taken_by jsonb not null,
  taken_by_name text not null,
  taken_at timestamptz not null,
  -- The org's sequence number it is true at.
  seq bigint not null,
  version int not null,
  -- How many rows of each table.
  contents jsonb not null,
  bytes bigint not null,
  sha256 text not null check (length(sha256) = 64),
  primary key (org_id, id)
);
call protect_tenant_table('snapshots');

create table snapshot_chunks (
  org_id uuid not null,
  snapshot_id uuid not null,
  place int not null,
  data bytea not null,
  primary key (org_id, snapshot_id, place),
  foreign key (org_id, snapshot_id) references snapshots (org_id, id) on delete cascade
);
-- It is compressed already.
alter table snapshot_chunks alter column data set storage external;
call protect_tenant_table('snapshot_chunks');

grant select, insert, delete on snapshots, snapshot_chunks to delegraph_app;

-- The work a snapshot takes along, each before its parts and its forks: every tree with something alive in it, and of the
-- others the newest thousand that began in the last 30 days.
create function kept_delegations() returns table (id uuid, level int)
  language sql stable
  begin atomic
    with recursive roots as (
      select d.root_id as id from delegations d
       where d.org_id = current_org() and d.state not in ('completed', 'failed', 'cancelled')
      union
      (select d.id from delegations d
        where d.org_id = current_org() and d.id = d.root_id and d.created_at > now() - interval '30 days'
        order by d.created_at desc limit 1000)
    ), tree as (
      select d.id, 0 as level from delegations d join roots on roots.id = d.id where d.org_id = current_org()
      union all
      select below.id, tree.level + 1
        from tree cross join lateral (
          select d.id from delegations d where d.org_id = current_org() and d.parent_id = tree.id
          union all
          select d.id from delegations d where d.org_id = current_org() and d.forked_from = tree.id
        ) below
    )
    select tree.id, max(tree.level) from tree group by tree.id;
  end;

-- Workspaces, each before those below it.
create function workspace_levels() returns table (id uuid, level int)
  language sql stable
  begin atomic
    with recursive tree as (
      select w.id, 0 as level from workspaces w where w.org_id = current_org() and w.parent_id is null
      union all
      select w.id, tree.level + 1 from workspaces w join tree on w.parent_id = tree.id where w.org_id = current_org()
    )
    select tree.id, tree.level from tree;
  end;

-- Writes rows of one table as a snapshot has them. Columns it does not have keep their defaults; the caller has checked that
-- the table has all of its columns, and the policies hold as for any other insert.
create function restore_rows(target regclass, given jsonb) returns void
  language plpgsql volatile as $$
declare
  columns text;
begin
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into columns
    from pg_attribute a
   where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and given -> 0 ? a.attname;
  execute format('insert into %1$s (%2$s) select %2$s from jsonb_populate_recordset(null::%1$s, $1)', target, columns)
    using given;
end $$;

-- The settings of the org that a snapshot has: all but who it is.
create function restore_org(given jsonb) returns void
  language plpgsql volatile as $$
declare
  columns text;
begin
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into columns
    from pg_attribute a
   where a.attrelid = 'orgs'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     and given ? a.attname and a.attname not in ('id', 'name', 'created_at');
  execute format('update orgs o set (%1$s) = (select %1$s from jsonb_populate_record(null::orgs, $1)) where o.id = current_org()', columns)
    using given;
end $$;

grant execute on function kept_delegations(), workspace_levels(), restore_rows(regclass, jsonb), restore_org(jsonb) to delegraph_app;
