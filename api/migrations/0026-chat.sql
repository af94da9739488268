-- Conversations of a person with a workspace. What is said is work: each turn is a delegation, and its steps are the truth.

create table conversations (
  org_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  user_id text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade
);
create index conversations_latest on conversations (org_id, user_id, workspace_id, created_at desc);
call protect_tenant_table('conversations');

create table conversation_turns (
  org_id uuid not null,
  conversation_id uuid not null,
  -- 1 is the first.
  turn int not null,
  delegation_id uuid not null,
  primary key (org_id, conversation_id, turn),
  unique (org_id, delegation_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade,
  foreign key (org_id, delegation_id) references delegations (org_id, id) on delete cascade
);
call protect_tenant_table('conversation_turns');

-- Files given with words. Until they are sent they are their uploader's alone, and are erased after a day.
create table attachments (
  org_id uuid not null,
  id uuid not null,
  workspace_id uuid not null,
  user_id text not null,
  delegation_id uuid,
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (length(media_type) between 1 and 120),
  sha256 text not null,
  content bytea not null check (octet_length(content) between 1 and 4194304),
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade,
  foreign key (org_id, delegation_id) references delegations (org_id, id) on delete cascade
);
create index attachments_unsent on attachments (org_id, created_at) where delegation_id is null;
create index attachments_given on attachments (org_id, delegation_id);
call protect_tenant_table('attachments');

grant select, insert, update, delete on conversations, conversation_turns, attachments to delegraph_app;
