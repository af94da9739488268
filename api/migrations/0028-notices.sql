-- Notices are read from the log, not written: this finds what concerns people, newest first.
create index events_noticed on events (org_id, seq desc)
  where type in ('delegation.completed', 'delegation.failed', 'delegation.lost', 'delegation.waiting', 'approval.decided',
                 'budget.warned', 'chain.paused', 'member.joined');

-- What each person has read, and the kinds they put away: everything up to a number, and single ones after it.
create table notice_marks (
  org_id uuid not null,
  user_id text not null,
  read_up_to bigint not null default 0 check (read_up_to >= 0),
  read_seqs bigint[] not null default '{}' check (cardinality(read_seqs) <= 1000),
  muted text[] not null default '{}' check (cardinality(muted) <= 20),
  primary key (org_id, user_id),
  foreign key (org_id, user_id) references members (org_id, user_id) on delete cascade
);
call protect_tenant_table('notice_marks');
grant select, insert, update, delete on notice_marks to delegraph_app;

-- How far each person has come with the guided acts of an org that offers them.
create table guides (
  org_id uuid not null,
  user_id text not null,
  done text[] not null default '{}' check (cardinality(done) <= 10),
  is_hidden boolean not null default false,
  primary key (org_id, user_id),
  foreign key (org_id, user_id) references members (org_id, user_id) on delete cascade
);
call protect_tenant_table('guides');
grant select, insert, update, delete on guides to delegraph_app;
