-- Rules say of a call that it runs, waits for a yes or is refused; for a workspace, a team, a role, a tier or everywhere.

alter table approval_rules
  add column effect text not null default 'ask' check (effect in ('allow', 'ask', 'refuse')),
  -- With a workspace: for everything below it too.
  add column with_team boolean not null default false,
  -- Of a workspace, as its config says it; a pattern with *.
  add column role text check (length(role) between 1 and 120),
  -- Only workspaces trusted this much or more.
  add column min_tier int check (min_tier between 1 and 5),
  add check (effect <> 'refuse' or min_cost is null);
