-- What people type into a file and have not saved, shared by all who have it open. A document begins with the text of one
-- version (`root`); what was typed since is a row of updates, put together from time to time (`state`).

create table drafts (
  org_id uuid not null,
  file_id uuid not null,
  root int not null check (root > 0),
  -- The newest version whose changes the shared text holds.
  base int not null check (base >= root),
  -- Updates taken since the file was first typed into; it never goes back.
  seq int not null default 0,
  -- All updates up to `state_seq` in one.
  state bytea not null default '',
  state_seq int not null default 0,
  -- Of the state and the updates after it.
  bytes int not null default 0 check (bytes <= 6291456),
  -- Who typed since `base`: [{ id, name }].
  authors jsonb not null default '[]',
  updated_at timestamptz not null default now(),
  primary key (org_id, file_id),
  foreign key (org_id, file_id) references files (org_id, id) on delete cascade
);
call protect_tenant_table('drafts');

create table draft_updates (
  org_id uuid not null,
  file_id uuid not null,
  seq int not null,
  bytes bytea not null check (octet_length(bytes) between 1 and 6291456),
  primary key (org_id, file_id, seq),
  foreign key (org_id, file_id) references drafts (org_id, file_id) on delete cascade
);
call protect_tenant_table('draft_updates');

grant select, insert, update, delete on drafts, draft_updates to delegraph_app;
