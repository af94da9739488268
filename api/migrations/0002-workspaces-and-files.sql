create table workspaces (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  parent_id uuid,
  -- Used where the workspace's config.yaml gives no name of its own.
  name text not null check (length(name) between 1 and 80),
  status text not null default 'online'
    check (status in ('provisioning', 'online', 'offline', 'degraded', 'failed', 'removed', 'paused', 'hibernated')),
  x double precision,
  y double precision,
  -- Identity for re-import: the template and the path of names in it.
  template text,
  template_path text,
  -- What the template declared and later features act on: runtime, tier, plugins, schedules, channels, prompts.
  declared jsonb not null default '{}',
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, parent_id) references workspaces (org_id, id),
  check (parent_id <> id)
);
create index workspaces_by_parent on workspaces (org_id, parent_id) where deleted_at is null;
create unique index workspaces_by_template_path on workspaces (org_id, template, template_path)
  where deleted_at is null and template is not null;
call protect_tenant_table('workspaces');

create table files (
  org_id uuid not null,
  workspace_id uuid not null,
  id uuid not null,
  path text not null check (length(path) between 1 and 240),
  head int not null,
  -- config.yaml as last saved, parsed: the one truth of role, model and limits.
  config jsonb,
  deleted_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
create unique index files_by_path on files (org_id, workspace_id, path) where deleted_at is null;
call protect_tenant_table('files');

create table file_versions (
  org_id uuid not null,
  file_id uuid not null,
  version int not null check (version > 0),
  text text not null,
  bytes int not null,
  lines_added int not null,
  lines_removed int not null,
  restored_from int,
  saved_by jsonb not null,
  saved_by_name text not null,
  -- Set when an import wrote this version: a later edit by a person is kept at the next import.
  from_template boolean not null default false,
  saved_at timestamptz not null default now(),
  primary key (org_id, file_id, version),
  foreign key (org_id, file_id) references files (org_id, id) on delete cascade
);
call protect_tenant_table('file_versions');

create table templates (
  org_id uuid not null references orgs (id) on delete cascade,
  name text not null,
  -- The org-wide part: description, required and recommended keys, global memories, defaults.
  declared jsonb not null default '{}',
  -- Text of rehearsal.yaml, '' where the template has none.
  rehearsal text not null default '',
  imported_at timestamptz not null default now(),
  primary key (org_id, name)
);
call protect_tenant_table('templates');

grant select, insert, update, delete on workspaces, files, templates to delegraph_app;
grant select, insert on file_versions to delegraph_app;
