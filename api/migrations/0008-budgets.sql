-- The meter. A budget limits what a part of the org may use in a period; a charge is one attempt of a model or tool call.
-- Counters are sums of charges, kept so that a reservation locks a few rows instead of adding up a month.

create table budgets (
  org_id uuid not null references orgs (id) on delete cascade,
  id uuid not null,
  -- Whose work counts: everybody's, one workspace's own, or that of a workspace and everything below it.
  scope text not null check (scope in ('org', 'workspace', 'subtree')),
  workspace_id uuid,
  -- What is counted together: each delegation, each tree of delegations, a UTC day, a UTC month.
  period text not null check (period in ('run', 'tree', 'day', 'month')),
  money bigint check (money >= 0),
  tokens bigint check (tokens >= 0),
  steps bigint check (steps >= 0),
  seconds bigint check (seconds >= 0),
  tool_calls bigint check (tool_calls >= 0),
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique nulls not distinct (org_id, scope, workspace_id, period),
  foreign key (org_id, workspace_id) references workspaces (org_id, id) on delete cascade,
  check ((scope = 'org') = (workspace_id is null)),
  check (num_nonnulls(money, tokens, steps, seconds, tool_calls) > 0)
);
call protect_tenant_table('budgets');

create table budget_counters (
  org_id uuid not null,
  budget_id uuid not null,
  -- The period itself is part of the key, so a new day or month begins by the clock and needs no job.
  period_key text not null,
  money bigint not null default 0,
  tokens bigint not null default 0,
  steps bigint not null default 0,
  milliseconds bigint not null default 0,
  tool_calls bigint not null default 0,
  reserved_money bigint not null default 0 check (reserved_money >= 0),
  reserved_tokens bigint not null default 0 check (reserved_tokens >= 0),
  -- The highest warning told in this period, in percent.
  warned int not null default 0,
  primary key (org_id, budget_id, period_key),
  foreign key (org_id, budget_id) references budgets (org_id, id) on delete cascade
) with (fillfactor = 50);
call protect_tenant_table('budget_counters');

create table charges (
  org_id uuid not null,
  delegation_id uuid not null,
  step int not null,
  attempt int not null,
  root_id uuid not null,
  workspace_id uuid not null,
  -- The workspace and everything above it when the call was made: later moves do not move money.
  path uuid[] not null,
  -- Null for a tool call.
  model text,
  is_rehearsal boolean not null,
  price jsonb,
  state text not null check (state in ('reserved', 'settled', 'released', 'doubtful')),
  worst_cost bigint not null check (worst_cost >= 0),
  worst_tokens bigint not null check (worst_tokens >= 0),
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  cost bigint not null default 0 check (cost >= 0),
  milliseconds bigint not null default 0,
  at timestamptz not null default now(),
  primary key (org_id, delegation_id, step, attempt),
  foreign key (org_id, delegation_id) references delegations (org_id, id) on delete cascade
) with (fillfactor = 80);
create index charges_by_time on charges (org_id, at);
create index charges_open on charges (org_id, delegation_id) where state = 'reserved';
call protect_tenant_table('charges');

-- Prices an org gives itself, in micro-dollars for a million tokens; they go before the catalogue's.
create table price_overrides (
  org_id uuid not null references orgs (id) on delete cascade,
  model text not null check (length(model) between 1 and 120),
  input bigint not null check (input >= 0),
  output bigint not null check (output >= 0),
  cache_read bigint check (cache_read >= 0),
  set_at timestamptz not null default now(),
  primary key (org_id, model)
);
call protect_tenant_table('price_overrides');

-- Who waits for which budget (or, where that is null, for a price), and what the next call would need.
create table budget_waits (
  org_id uuid not null,
  delegation_id uuid not null,
  budget_id uuid,
  period_key text,
  model text,
  money bigint not null,
  tokens bigint not null,
  steps bigint not null,
  tool_calls bigint not null,
  since timestamptz not null default now(),
  primary key (org_id, delegation_id),
  foreign key (org_id, delegation_id) references delegations (org_id, id) on delete cascade
);
call protect_tenant_table('budget_waits');

grant select, insert, update, delete on budgets, budget_counters, price_overrides, budget_waits to delegraph_app;
grant select, insert, update on charges to delegraph_app;

create function period_key(period text, delegation uuid, root uuid, at timestamptz) returns text
  language sql stable parallel safe
  return case period when 'run' then delegation::text
                     when 'tree' then root::text
                     when 'day' then to_char(at at time zone 'UTC', 'YYYY-MM-DD')
                     else to_char(at at time zone 'UTC', 'YYYY-MM') end;

-- The counters a charge belongs to.
create function counters_of(asked_org uuid, path uuid[], delegation uuid, root uuid, at timestamptz)
  returns table (budget_id uuid, period_key text)
  language sql stable
  begin atomic
    select b.id, period_key(b.period, delegation, root, at) from budgets b
     where b.org_id = asked_org
       and (b.scope = 'org' or (b.scope = 'workspace' and b.workspace_id = path[1])
                            or (b.scope = 'subtree' and b.workspace_id = any (path)));
  end;

-- Micro-dollars, rounded up. The price of the whole call is that of the highest tier its input passes.
create function cost_of(price jsonb, tokens_in bigint, tokens_out bigint, tokens_cached bigint) returns bigint
  language sql immutable parallel safe
  begin atomic
    select coalesce((
      select ceil((greatest(tokens_in - tokens_cached, 0) * tier.input + least(tokens_cached, tokens_in) * tier."cacheRead"
                   + tokens_out * tier.output) / 1000000)::bigint
        from jsonb_to_recordset(price -> 'tiers') as tier ("from" bigint, input numeric, output numeric, "cacheRead" numeric)
       where tier."from" = 0 or tier."from" < tokens_in order by tier."from" desc limit 1), 0)
      + coalesce((price ->> 'perCall')::bigint, 0);
  end;

-- The fullest of a budget's limits in percent, with what calls under way may still use.
create function percent_of(b budgets, c budget_counters) returns bigint
  language sql immutable parallel safe
  return greatest((c.money + c.reserved_money) * 100 / nullif(b.money, 0), (c.tokens + c.reserved_tokens) * 100 / nullif(b.tokens, 0),
                  c.steps * 100 / nullif(b.steps, 0), c.milliseconds / 10 / nullif(b.seconds, 0),
                  c.tool_calls * 100 / nullif(b.tool_calls, 0),
                  case when 0 in (b.money, b.tokens, b.steps, b.seconds, b.tool_calls) then 100 end);

-- Tells each warning once a period: gives what was passed since the last look.
create function pass_warnings(asked_org uuid, ids uuid[], keys text[]) returns jsonb
  language plpgsql volatile as $$
declare
  passed jsonb;
begin
  with now_at as (
    select c.budget_id, c.period_key, b.workspace_id,
           greatest(c.money * 100 / nullif(b.money, 0), c.tokens * 100 / nullif(b.tokens, 0), c.steps * 100 / nullif(b.steps, 0),
                    c.milliseconds / 10 / nullif(b.seconds, 0), c.tool_calls * 100 / nullif(b.tool_calls, 0)) as percent
      from unnest(ids, keys) as mine (id, key)
      join budget_counters c on c.org_id = asked_org and c.budget_id = mine.id and c.period_key = mine.key
      join budgets b on b.org_id = asked_org and b.id = mine.id
  ), told as (
    update budget_counters c
       set warned = case when now_at.percent >= 95 then 95 when now_at.percent >= 80 then 80 else 50 end
      from now_at
     where c.org_id = asked_org and c.budget_id = now_at.budget_id and c.period_key = now_at.period_key
       and now_at.percent >= 50
       and c.warned < case when now_at.percent >= 95 then 95 when now_at.percent >= 80 then 80 else 50 end
    returning c.budget_id, now_at.workspace_id, c.warned
  )
  select jsonb_agg(jsonb_build_object('budgetId', told.budget_id, 'workspaceId', told.workspace_id, 'percent', told.warned))
    into passed from told;
  return coalesce(passed, '[]');
end $$;

-- One round trip: prices the attempt, reserves its worst case at every level or at none, and keeps the charge. The shared
-- lock keeps out only those who make a budget, which counts what was spent before; levels are locked in the order of ids.
create function reserve_charge(
  asked_org uuid, asked_delegation uuid, asked_step int, asked_attempt int, asked_root uuid, asked_workspace uuid,
  asked_model text, priced_as text, rehearses boolean, catalogue jsonb, worst_input bigint, worst_output bigint
) returns jsonb
  language plpgsql volatile as $$
  #variable_conflict use_column
declare
  known text;
  the_price jsonb := catalogue;
  the_cost bigint := 0;
  the_tokens bigint := worst_input + worst_output;
  is_tool boolean := asked_model is null;
  the_path uuid[];
  ids uuid[];
  keys text[];
  are_new boolean;
  lack record;
  within bigint;
  may_warn boolean;
  warnings jsonb := '[]';
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(asked_org::text, 20261));
  select c.state into known from charges c
   where c.org_id = asked_org and c.delegation_id = asked_delegation and c.step = asked_step and c.attempt = asked_attempt
     for update;
  if known <> 'released' then
    return jsonb_build_object('kind', 'reserved', 'warnings', warnings);
  end if;

  if is_tool then
    the_price := null;
  else
    select jsonb_build_object('source', 'override', 'perCall', 0, 'tiers', jsonb_build_array(jsonb_build_object(
             'from', 0, 'input', o.input, 'output', o.output, 'cacheRead', coalesce(o.cache_read, o.input))))
      into the_price from price_overrides o where o.org_id = asked_org and o.model = priced_as;
    the_price := coalesce(the_price, catalogue);
    if the_price is null then
      insert into budget_waits (org_id, delegation_id, model, money, tokens, steps, tool_calls)
      values (asked_org, asked_delegation, priced_as, 0, the_tokens, 1, 0)
      on conflict (org_id, delegation_id) do update
        set budget_id = null, period_key = null, model = excluded.model, money = 0, tokens = excluded.tokens,
            steps = 1, tool_calls = 0, since = now();
      return jsonb_build_object('kind', 'unpriced');
    end if;
    the_cost := cost_of(the_price, worst_input, worst_output, 0);
  end if;

  with recursive up as (
    select asked_workspace as id, 1 as height
    union all
    select w.parent_id, up.height + 1 from up join workspaces w on w.org_id = asked_org and w.id = up.id
     where w.parent_id is not null and up.height < 32
  )
  select array_agg(up.id order by up.height) into the_path from up;

  select array_agg(m.budget_id order by m.budget_id), array_agg(m.period_key order by m.budget_id), bool_or(c.budget_id is null)
    into ids, keys, are_new
    from counters_of(asked_org, the_path, asked_delegation, asked_root, now()) m
    left join budget_counters c on c.org_id = asked_org and c.budget_id = m.budget_id and c.period_key = m.period_key;

  if ids is not null then
    if are_new then
      insert into budget_counters (org_id, budget_id, period_key)
      select asked_org, mine.id, mine.key from unnest(ids, keys) as mine (id, key) order by mine.id
      on conflict do nothing;
    end if;
    perform from budget_counters c join unnest(ids, keys) as mine (id, key) on c.budget_id = mine.id and c.period_key = mine.key
      where c.org_id = asked_org order by c.budget_id for update of c;

    select b.id, b.scope, b.workspace_id, w.name as workspace, b.period, c.period_key, missing.*
      into lack
      from unnest(ids, keys) as mine (id, key)
      join budget_counters c on c.org_id = asked_org and c.budget_id = mine.id and c.period_key = mine.key
      join budgets b on b.org_id = asked_org and b.id = mine.id
      left join workspaces w on w.org_id = asked_org and w.id = b.workspace_id
      cross join lateral (values
        ('money', b.money, c.money, c.reserved_money, the_cost, the_cost > 0),
        ('tokens', b.tokens, c.tokens, c.reserved_tokens, the_tokens, the_tokens > 0),
        ('steps', b.steps, c.steps, 0, 1, true),
        ('seconds', b.seconds, c.milliseconds / 1000, 0, 1, true),
        ('toolCalls', b.tool_calls, c.tool_calls, 0, 1, is_tool)
      ) as missing (what, "limit", used, reserved, needed, counts)
     where missing.counts and missing.used + missing.reserved + missing.needed > missing."limit"
     order by b.id limit 1;
    if found then
      -- What this transaction reserved for the same work is given back with it, so it is needed as well.
      insert into budget_waits (org_id, delegation_id, budget_id, period_key, money, tokens, steps, tool_calls)
      select asked_org, asked_delegation, lack.id, lack.period_key, the_cost + coalesce(sum(c.worst_cost), 0),
             the_tokens + coalesce(sum(c.worst_tokens), 0), 1 + count(c.step),
             is_tool::int + count(c.step) filter (where c.model is null)
        from charges c
       where c.org_id = asked_org and c.delegation_id = asked_delegation and c.state = 'reserved' and c.at = now()
      on conflict (org_id, delegation_id) do update
        set budget_id = excluded.budget_id, period_key = excluded.period_key, model = null, money = excluded.money,
            tokens = excluded.tokens, steps = excluded.steps, tool_calls = excluded.tool_calls, since = now();
      return jsonb_build_object(
        'kind', 'lacking', 'budgetId', lack.id, 'scope', lack.scope, 'workspace', lack.workspace, 'period', lack.period,
        'what', lack.what, 'limit', lack."limit", 'used', lack.used, 'reserved', lack.reserved, 'needed', lack.needed);
    end if;

    with moved as (
      update budget_counters c
         set reserved_money = c.reserved_money + the_cost, reserved_tokens = c.reserved_tokens + the_tokens,
             steps = c.steps + 1, tool_calls = c.tool_calls + is_tool::int
        from unnest(ids, keys) as mine (id, key)
       where c.org_id = asked_org and c.budget_id = mine.id and c.period_key = mine.key
      returning c.budget_id, c.steps, c.tool_calls, c.milliseconds, c.warned
    )
    select min(b.seconds * 1000 - moved.milliseconds),
           bool_or(greatest(moved.steps * 100 / nullif(b.steps, 0), moved.tool_calls * 100 / nullif(b.tool_calls, 0))
                   >= case moved.warned when 0 then 50 when 50 then 80 when 80 then 95 end)
      into within, may_warn
      from moved join budgets b on b.org_id = asked_org and b.id = moved.budget_id;
    if may_warn then
      warnings := pass_warnings(asked_org, ids, keys);
    end if;
  end if;

  if known = 'released' then
    update charges c
       set state = 'reserved', price = the_price, worst_cost = the_cost, worst_tokens = the_tokens, path = the_path,
           model = asked_model, is_rehearsal = rehearses, at = now()
     where c.org_id = asked_org and c.delegation_id = asked_delegation and c.step = asked_step and c.attempt = asked_attempt;
  else
    insert into charges (org_id, delegation_id, step, attempt, root_id, workspace_id, path, model, is_rehearsal, price, state,
                         worst_cost, worst_tokens)
    values (asked_org, asked_delegation, asked_step, asked_attempt, asked_root, asked_workspace, the_path, asked_model,
            rehearses, the_price, 'reserved', the_cost, the_tokens)
    on conflict (org_id, delegation_id, step, attempt) do nothing;
    if not found then
      raise exception 'the attempt was reserved meanwhile' using errcode = 'serialization_failure';
    end if;
  end if;
  delete from budget_waits w where w.org_id = asked_org and w.delegation_id = asked_delegation;
  return jsonb_build_object('kind', 'reserved', 'withinMs', within, 'warnings', warnings);
end $$;

-- Turns a reservation into what was used, once. `how`: settled, doubtful (charged its worst case) or released (never sent).
create function settle_charge(
  asked_org uuid, asked_delegation uuid, asked_step int, asked_attempt int, how text,
  tokens_in bigint, tokens_out bigint, tokens_cached bigint
) returns jsonb
  language plpgsql volatile as $$
  #variable_conflict use_column
declare
  charge charges;
  spent bigint := 0;
  the_tokens bigint := 0;
  took bigint := 0;
  was_counted int := 1;
  ids uuid[];
  keys text[];
  warnings jsonb := '[]';
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(asked_org::text, 20261));
  select * into charge from charges c
   where c.org_id = asked_org and c.delegation_id = asked_delegation and c.step = asked_step and c.attempt = asked_attempt
     for update;
  if not found then
    return null;
  end if;
  if charge.state <> 'reserved' then
    return jsonb_build_object('cost', charge.cost, 'warnings', warnings);
  end if;

  if how = 'settled' then
    spent := cost_of(charge.price, tokens_in, tokens_out, tokens_cached);
    the_tokens := tokens_in + tokens_out;
  elsif how = 'doubtful' then
    spent := charge.worst_cost;
    the_tokens := charge.worst_tokens;
  else
    was_counted := 0;
  end if;
  -- Nobody knows how long a lost call ran; more than a call may take it was not.
  took := was_counted * least(extract(epoch from clock_timestamp() - charge.at) * 1000, 600000)::bigint;

  update charges c
     set state = how, cost = spent, milliseconds = took,
         input_tokens = case how when 'settled' then tokens_in when 'doubtful' then charge.worst_tokens else 0 end,
         output_tokens = case how when 'settled' then tokens_out else 0 end
   where c.org_id = asked_org and c.delegation_id = asked_delegation and c.step = asked_step and c.attempt = asked_attempt;

  select array_agg(m.budget_id order by m.budget_id), array_agg(m.period_key order by m.budget_id) into ids, keys
    from counters_of(asked_org, charge.path, charge.delegation_id, charge.root_id, charge.at) m;
  if ids is not null then
    perform from budget_counters c join unnest(ids, keys) as mine (id, key) on c.budget_id = mine.id and c.period_key = mine.key
      where c.org_id = asked_org order by c.budget_id for update of c;
    update budget_counters c
       set reserved_money = c.reserved_money - charge.worst_cost, reserved_tokens = c.reserved_tokens - charge.worst_tokens,
           money = c.money + spent, tokens = c.tokens + the_tokens, milliseconds = c.milliseconds + took,
           steps = c.steps - 1 + was_counted,
           tool_calls = c.tool_calls - case when charge.model is null then 1 - was_counted else 0 end
      from unnest(ids, keys) as mine (id, key)
     where c.org_id = asked_org and c.budget_id = mine.id and c.period_key = mine.key;
    warnings := pass_warnings(asked_org, ids, keys);
  end if;
  return jsonb_build_object('cost', spent, 'warnings', warnings);
end $$;

-- Counts again, from the charges, what belongs to a budget: that of the current day and month, and of work that goes on.
-- The caller holds the org's meter alone (see `hold_meter`), so nothing is reserved or settled meanwhile.
create function recount_budget(asked_org uuid, asked_budget uuid) returns void
  language plpgsql volatile as $$
begin
  delete from budget_counters c where c.org_id = asked_org and c.budget_id = asked_budget;
  insert into budget_counters (org_id, budget_id, period_key, money, tokens, steps, milliseconds, tool_calls,
                               reserved_money, reserved_tokens)
  select asked_org, asked_budget, m.period_key, sum(c.cost), sum(c.input_tokens + c.output_tokens),
         count(*) filter (where c.state <> 'released'), sum(c.milliseconds),
         count(*) filter (where c.state <> 'released' and c.model is null),
         coalesce(sum(c.worst_cost) filter (where c.state = 'reserved'), 0),
         coalesce(sum(c.worst_tokens) filter (where c.state = 'reserved'), 0)
    from budgets b
    join charges c on c.org_id = b.org_id
    cross join lateral counters_of(asked_org, c.path, c.delegation_id, c.root_id, c.at) m
   where b.org_id = asked_org and b.id = asked_budget and m.budget_id = b.id
     and case b.period
           when 'day' then c.at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'
           when 'month' then c.at >= date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'
           else exists (select from delegations d
                         where d.org_id = asked_org and d.id = case b.period when 'run' then c.delegation_id else c.root_id end
                           and d.finished_at is null)
         end
   group by m.period_key;
  perform restart_warnings(asked_org, asked_budget);
end $$;

-- After its limits changed, warnings are told anew. One that is true at once is no news: whoever set the limit sees it.
create function restart_warnings(asked_org uuid, asked_budget uuid) returns void
  language plpgsql volatile as $$
begin
  update budget_counters c set warned = 0 where c.org_id = asked_org and c.budget_id = asked_budget;
  perform pass_warnings(asked_org, array_agg(c.budget_id), array_agg(c.period_key))
     from budget_counters c where c.org_id = asked_org and c.budget_id = asked_budget;
end $$;

-- Makes those who change a budget wait for every reservation under way, and the next ones for them.
create function hold_meter(asked_org uuid) returns void
  language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(asked_org::text, 20261));
end $$;

-- Waits that may be over: their period rolled over, the budget is gone, there is room for them, or the model has a price.
create function budget_waits_over(asked_org uuid) returns table (delegation_id uuid)
  language sql stable
  begin atomic
    select w.delegation_id
      from budget_waits w
      join delegations d on d.org_id = w.org_id and d.id = w.delegation_id
      left join budgets b on b.org_id = w.org_id and b.id = w.budget_id
      left join budget_counters c on c.org_id = w.org_id and c.budget_id = w.budget_id and c.period_key = w.period_key
     where w.org_id = asked_org
       and (d.finished_at is not null
            or (w.model is not null and exists (
                  select from price_overrides o where o.org_id = w.org_id and o.model = w.model))
            or (w.model is null and (
                  b.id is null or c.budget_id is null
                  or w.period_key <> period_key(b.period, d.id, d.root_id, now())
                  or (coalesce(w.money = 0 or c.money + c.reserved_money + w.money <= b.money, true)
                      and coalesce(w.tokens = 0 or c.tokens + c.reserved_tokens + w.tokens <= b.tokens, true)
                      and coalesce(c.steps + w.steps <= b.steps, true)
                      and coalesce(c.milliseconds / 1000 < b.seconds, true)
                      and coalesce(w.tool_calls = 0 or c.tool_calls + w.tool_calls <= b.tool_calls, true)))))
     order by w.since limit 1000;
  end;

-- The orgs in which anything waits for a budget: what the clock looks at.
create policy owner_reads on budget_waits for select to delegraph_owner using (true);
create function orgs_waiting_for_budget() returns table (org_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select distinct w.org_id from budget_waits w;
  end;

-- Counters of what is over: runs that ended a day ago, days and months that are past. What was spent stays in the charges.
create policy owner_clears on budget_counters to delegraph_owner using (true);
create policy owner_reads on budgets for select to delegraph_owner using (true);
create function clear_old_counters() returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from budget_counters where (org_id, budget_id, period_key) in (
      select c.org_id, c.budget_id, c.period_key
        from budget_counters c join budgets b on b.org_id = c.org_id and b.id = c.budget_id
       where case when b.period in ('day', 'month')
                  then c.period_key < to_char((now() - interval '40 days') at time zone 'UTC', 'YYYY-MM-DD')
                  else exists (select from delegations d
                                where d.org_id = c.org_id and d.id = c.period_key::uuid
                                  and d.finished_at < now() - interval '1 day') end
       limit 10000 for update of c skip locked);
  end;

revoke all on function orgs_waiting_for_budget(), clear_old_counters() from public;
grant execute on function orgs_waiting_for_budget(), clear_old_counters() to delegraph_app;
