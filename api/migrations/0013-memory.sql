-- What workspaces remember, and the plans of their work.

create table memories (
  org_id uuid not null,
  id uuid not null,
  -- The workspace that wrote it, or where a person did.
  workspace_id uuid not null,
  scope text not null check (scope in ('LOCAL', 'TEAM', 'GLOBAL')),
  kind text not null check (kind in ('episodic', 'semantic', 'procedural', 'social')),
  text text not null check (octet_length(text) between 1 and 8192),
  importance real not null check (importance between 0 and 1),
  written_by jsonb not null,
  written_by_name text not null,
  created_at timestamptz not null default now(),
  -- When an agent last recalled it.
  used_at timestamptz,
  -- Forgotten; the text is kept a day so that it can be taken back, then erased.
  deleted_at timestamptz,
  -- The org is a word of each text: the index is entered by the org first, however many orgs say the same.
  words tsvector not null generated always as (
    array_to_tsvector(array['org/' || org_id::text]) || to_tsvector('simple'::regconfig, text)) stored,
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
create index memories_newest on memories (org_id, workspace_id, scope, created_at desc) where deleted_at is null;
create index memories_global on memories (org_id, created_at desc) where deleted_at is null and scope = 'GLOBAL';
create index memories_by_text on memories (org_id, workspace_id, md5(text)) where deleted_at is null;
create index memories_by_word on memories using gin (words) where deleted_at is null;
create index memories_forgotten on memories (deleted_at) where deleted_at is not null;
call protect_tenant_table('memories');
create policy owner_searches on memories for select to delegraph_owner using (true);
create policy owner_erases on memories for delete to delegraph_owner using (true);

create table plans (
  org_id uuid not null,
  delegation_id uuid not null,
  workspace_id uuid not null,
  -- A tree: [{ id, title, state, items }].
  items jsonb not null,
  -- The number the next item gets.
  next_id int not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, delegation_id),
  foreign key (org_id, delegation_id) references delegations (org_id, id) on delete cascade
);
call protect_tenant_table('plans');

grant select, insert, update, delete on memories, plans to delegraph_app;

-- Row-level security keeps the app from using the index of words, so the owner searches for it, in the org of its
-- transaction alone. `team` are the workspaces whose TEAM memories the reader shares. Best first: how well it fits, how
-- lately it was written or used (halved every 30 days), how much it matters.
create function search_memories(reader uuid, team uuid[], scopes text[], wanted_kind text, asked tsquery, most int)
  returns table (id uuid, score float8)
  language sql stable rows 50 security definer set search_path = public, pg_temp
  begin atomic
    select m.id,
           (0.05 + ts_rank(m.words, asked, 1)) * (0.05 + m.importance)
             * (0.05 + power(0.5, extract(epoch from now() - coalesce(m.used_at, m.created_at))::float8 / (30 * 86400))) as score
      from memories m
     where m.org_id = current_org() and m.deleted_at is null
       and m.words @@ (quote_literal('org/' || current_org()::text)::tsquery && asked)
       and m.scope = any (scopes) and (wanted_kind is null or m.kind = wanted_kind)
       and (m.scope = 'GLOBAL' or (m.scope = 'LOCAL' and m.workspace_id = reader)
            or (m.scope = 'TEAM' and m.workspace_id = any (team)))
     order by 2 desc, m.created_at desc, m.id
     limit most;
  end;

-- What was forgotten over a day ago is erased, in every org.
create function erase_forgotten() returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from memories m where m.deleted_at < now() - interval '1 day';
  end;

revoke all on function search_memories(uuid, uuid[], text[], text, tsquery, int), erase_forgotten() from public;
grant execute on function search_memories(uuid, uuid[], text[], text, tsquery, int), erase_forgotten() to delegraph_app;
