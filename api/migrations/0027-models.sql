-- Names an org calls models by. They go before ours, and a workspace that names one follows it.
create table model_aliases (
  org_id uuid not null references orgs (id) on delete cascade,
  name text not null check (length(name) between 1 and 60),
  model text not null check (length(model) between 1 and 120),
  set_at timestamptz not null default now(),
  set_by_name text not null,
  primary key (org_id, name)
);
call protect_tenant_table('model_aliases');
grant select, insert, update, delete on model_aliases to delegraph_app;

-- The most a call can cost: all it sends may be written to the provider's cache, which some charge more for.
create or replace function cost_of(price jsonb, tokens_in bigint, tokens_out bigint, tokens_cached bigint) returns bigint
  language sql immutable parallel safe
  begin atomic
    select coalesce((
      select ceil((greatest(tokens_in - tokens_cached, 0) * greatest(tier.input, coalesce(tier."cacheWrite", 0))
                   + least(tokens_cached, tokens_in) * tier."cacheRead" + tokens_out * tier.output) / 1000000)::bigint
        from jsonb_to_recordset(price -> 'tiers')
          as tier ("from" bigint, input numeric, output numeric, "cacheRead" numeric, "cacheWrite" numeric)
       where tier."from" = 0 or tier."from" < tokens_in order by tier."from" desc limit 1), 0)
      + coalesce((price ->> 'perCall')::bigint, 0);
  end;

-- What a call did cost. Tokens read from, or written to, the provider's cache are among those it took in.
create function cost_of(price jsonb, tokens_in bigint, tokens_out bigint, tokens_cached bigint, tokens_written bigint)
  returns bigint
  language sql immutable parallel safe
  begin atomic
    select coalesce((
      select ceil((greatest(tokens_in - tokens_cached - tokens_written, 0) * tier.input
                   + least(tokens_cached, tokens_in) * tier."cacheRead"
                   + least(tokens_written, greatest(tokens_in - tokens_cached, 0)) * coalesce(tier."cacheWrite", tier.input)
                   + tokens_out * tier.output) / 1000000)::bigint
        from jsonb_to_recordset(price -> 'tiers')
          as tier ("from" bigint, input numeric, output numeric, "cacheRead" numeric, "cacheWrite" numeric)
       where tier."from" = 0 or tier."from" < tokens_in order by tier."from" desc limit 1), 0)
      + coalesce((price ->> 'perCall')::bigint, 0);
  end;

-- Turns a reservation into what was used, once. `how`: settled, doubtful (charged its worst case) or released (never sent).
drop function settle_charge(uuid, uuid, int, int, text, bigint, bigint, bigint);
create function settle_charge(
  asked_org uuid, asked_delegation uuid, asked_step int, asked_attempt int, how text,
  tokens_in bigint, tokens_out bigint, tokens_cached bigint, tokens_written bigint default 0
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
    spent := cost_of(charge.price, tokens_in, tokens_out, tokens_cached, tokens_written);
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
