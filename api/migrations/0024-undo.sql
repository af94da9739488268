-- What people did to the chart, as data: taken back it leads from `to` to `from`. Each person has their own, in each org, and
-- no more than the latest hundred. `turn` orders what could be taken back, and what could be done again.
create sequence acts_turns;

create table acts (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  user_id text not null,
  name text not null check (length(name) between 1 and 200),
  changes jsonb not null,
  -- Acts of one key that follow each other closely are one: a card that is nudged along.
  merge_key text,
  is_undone boolean not null default false,
  turn bigint not null default nextval('acts_turns'),
  done_at timestamptz not null default clock_timestamp(),
  primary key (org_id, id)
);
create index acts_latest on acts (org_id, user_id, turn desc);
call protect_tenant_table('acts');
grant select, insert, update, delete on acts to delegraph_app;
grant usage on sequence acts_turns to delegraph_app;
