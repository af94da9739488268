/** A sentence that holds whatever died when; the statement gives, in words, where it does not. $1: the orgs of the round. */
type Invariant = { holds: string; broken: string }

export const invariants: readonly Invariant[] = [
  {
    holds: 'the log of an org counts from 1 without a gap',
    broken: `
      select o.id || ' has ' || count(e.seq) || ' events up to ' || coalesce(max(e.seq), 0) || ', its counter says ' || q.seq as what
        from orgs o join org_sequences q on q.org_id = o.id left join events e on e.org_id = o.id
       where o.id = any ($1) group by o.id, q.seq
      having count(e.seq) <> q.seq or coalesce(max(e.seq), 0) <> q.seq or (q.seq > 0 and min(e.seq) <> 1)`,
  },
  {
    holds: 'work that has ended was told to end once, as what it is; other work was not',
    broken: `
      select d.id || ' is ' || d.state || ', told: ' || coalesce(string_agg(e.type, ', ' order by e.seq), 'nothing') as what
        from delegations d
        left join events e on e.org_id = d.org_id and e.payload ->> 'delegationId' = d.id::text
         and e.type in ('delegation.completed', 'delegation.failed', 'delegation.cancelled')
       where d.org_id = any ($1) group by d.org_id, d.id, d.state
      having case when d.state in ('completed', 'failed', 'cancelled')
                  then array_agg(e.type) is distinct from array['delegation.' || d.state] else count(e.seq) > 0 end`,
  },
  {
    holds: 'the last told state of work is its state',
    broken: `
      select d.id || ' is ' || d.state || ', told as ' || coalesce(last.type, 'nothing') as what
        from delegations d
        left join lateral (
          select e.type from events e
           where e.org_id = d.org_id and e.payload ->> 'delegationId' = d.id::text
             and e.type in ('delegation.queued', 'delegation.started', 'delegation.resumed', 'delegation.waiting', 'delegation.lost',
                            'delegation.completed', 'delegation.failed', 'delegation.cancelled')
           order by e.seq desc limit 1) last on true
       where d.org_id = any ($1)
         and case d.state when 'running' then last.type not in ('delegation.started', 'delegation.resumed')
                          else last.type is distinct from 'delegation.' || d.state end`,
  },
  {
    holds: 'a step ends once, and nothing of it happens afterwards',
    broken: `
      select told.delegation || ' step ' || told.step || ' was told as ' || string_agg(told.state, ', ' order by told.seq) as what
        from (select e.org_id, e.seq, e.payload ->> 'delegationId' as delegation, e.payload ->> 'step' as step,
                     e.payload ->> 'state' as state,
                     lag(e.payload ->> 'state') over (partition by e.org_id, e.payload ->> 'delegationId', e.payload ->> 'step'
                                                      order by e.seq) as before
                from events e where e.org_id = any ($1) and e.type = 'step.changed') told
       group by told.org_id, told.delegation, told.step
      having bool_or(told.before in ('done', 'failed', 'cancelled'))`,
  },
  {
    holds: 'what ended was told as it ended',
    broken: `
      select s.delegation_id || ' step ' || s.step || ' is ' || s.state || ', told as ' || coalesce(last.state, 'nothing') as what
        from steps s
        left join lateral (
          select e.payload ->> 'state' as state from events e
           where e.org_id = s.org_id and e.type = 'step.changed' and e.payload ->> 'delegationId' = s.delegation_id::text
             and (e.payload ->> 'step')::int = s.step
           order by e.seq desc limit 1) last on true
       where s.org_id = any ($1) and s.kind in ('model', 'tool', 'message') and last.state is distinct from s.state`,
  },
  {
    holds: 'steps are numbered from 0 without a gap',
    broken: `
      select s.delegation_id || ' has ' || count(*) || ' steps up to ' || max(s.step) as what
        from steps s where s.org_id = any ($1) group by s.org_id, s.delegation_id having max(s.step) <> count(*) - 1`,
  },
  {
    holds: 'every call of an answer is one step',
    broken: `
      select m.delegation_id || ' step ' || m.step || ' asked for ' || jsonb_array_length(m.output -> 'calls') || ' calls and got '
             || (select count(*) from steps c where c.org_id = m.org_id and c.delegation_id = m.delegation_id and c.asked_by = m.step) as what
        from steps m join delegations d on d.org_id = m.org_id and d.id = m.delegation_id
       where m.org_id = any ($1) and m.kind = 'model' and m.state = 'done' and d.state = 'completed'
         and jsonb_array_length(m.output -> 'calls')
             <> (select count(*) from steps c where c.org_id = m.org_id and c.delegation_id = m.delegation_id and c.asked_by = m.step)`,
  },
  {
    holds: 'what has ended has nothing under way',
    broken: `
      select d.id || ' is ' || d.state || ', its step ' || s.step || ' (' || s.name || ') is ' || s.state as what
        from delegations d join steps s on s.org_id = d.org_id and s.delegation_id = d.id
       where d.org_id = any ($1) and d.state in ('completed', 'failed', 'cancelled') and s.state in ('pending', 'running', 'waiting')`,
  },
  {
    holds: 'what runs is held',
    broken: `
      select d.id || ' runs and nobody holds it' as what
        from delegations d
        join ready r on r.org_id = d.org_id and r.delegation_id = d.id
       where d.org_id = any ($1) and d.state = 'running' and r.wake_at is null and coalesce(r.lease_until <= now(), true)
         and not exists (select from steps s where s.org_id = d.org_id and s.delegation_id = d.id
                           and (s.state = 'pending' or s.state = 'running' and s.lease_until > now()))`,
  },
  {
    holds: 'who waits says for what, and it is there',
    broken: `
      select d.id || ' waits for ' || d.waiting_for || ': ' || coalesce(d.reason, 'no reason') as what
        from delegations d
       where d.org_id = any ($1) and d.state = 'waiting'
         and (d.reason is null and d.waiting_for <> 'child' or not case d.waiting_for
           when 'child' then exists (
             select from steps s join delegations c on c.org_id = s.org_id and c.id = s.child_id
              where s.org_id = d.org_id and s.delegation_id = d.id and s.state = 'waiting'
                and c.state not in ('completed', 'failed', 'cancelled'))
           when 'budget' then d.steps_taken >= d.step_limit or exists (
             select from steps s where s.org_id = d.org_id and s.delegation_id = d.id and s.name = 'hold')
           else exists (select from steps s where s.org_id = d.org_id and s.delegation_id = d.id and s.name = 'hold') end)`,
  },
  {
    holds: 'a call that hands work on makes one delegation',
    broken: `
      select c.parent_id || ' step ' || c.parent_step || ' made ' || count(*) || ' delegations' as what
        from delegations c where c.org_id = any ($1) and c.parent_id is not null
       group by c.org_id, c.parent_id, c.parent_step having count(*) > 1`,
  },
  {
    holds: 'work handed on belongs to a call that knows it',
    broken: `
      select c.id || ' was made by ' || c.parent_id || ' step ' || coalesce(c.parent_step::text, '?') || ', which is ' || coalesce(s.name || ' ' || s.state, 'not there') as what
        from delegations c
        left join steps s on s.org_id = c.org_id and s.delegation_id = c.parent_id and s.step = c.parent_step
       where c.org_id = any ($1) and c.parent_id is not null
         and (s.step is null or s.name = 'delegate_task' and s.child_id is distinct from c.id)`,
  },
  {
    holds: 'the result of a call is what its part answered, and a failure is told as one',
    broken: `
      select s.delegation_id || ' step ' || s.step || ' is ' || s.state || ' with ' || coalesce(s.output ->> 'text', s.error, 'nothing')
             || '; its part is ' || c.state || ' with ' || coalesce(c.answer, c.reason, 'nothing') as what
        from steps s join delegations c on c.org_id = s.org_id and c.id = s.child_id
       where s.org_id = any ($1) and s.state in ('done', 'failed')
         and case c.state when 'completed' then s.state <> 'done' or s.output ->> 'text' is distinct from c.answer
                          else s.state <> 'failed' end`,
  },
  {
    holds: 'the answer of a whole holds the answers of its parts',
    broken: `
      select d.id || ' answered without ' || c.id || ': ' || d.answer as what
        from delegations d
        join steps s on s.org_id = d.org_id and s.delegation_id = d.id and s.name = 'delegate_task' and s.state = 'done'
        join delegations c on c.org_id = s.org_id and c.id = s.child_id
       where d.org_id = any ($1) and d.state = 'completed' and c.state = 'completed' and position(c.answer in d.answer) = 0`,
  },
  {
    holds: 'every attempt of a call is charged, and no charge stays open',
    broken: `
      select s.delegation_id || ' step ' || s.step || ' (' || s.name || ', ' || s.state || ') attempt ' || n || ': ' || coalesce(c.state, 'no charge') as what
        from steps s
        cross join lateral generate_series(1, s.attempt) n
        left join charges c on c.org_id = s.org_id and c.delegation_id = s.delegation_id and c.step = s.step and c.attempt = n
       where s.org_id = any ($1) and s.kind in ('model', 'tool', 'message')
         and (s.state in ('done', 'failed', 'cancelled') and c.state = 'reserved' or s.state = 'done' and c.state is null)`,
  },
  {
    holds: 'no charge is of a step that is not there',
    broken: `
      select c.delegation_id || ' step ' || c.step || ' attempt ' || c.attempt || ' is charged and not there' as what
        from charges c left join steps s on s.org_id = c.org_id and s.delegation_id = c.delegation_id and s.step = c.step
       where c.org_id = any ($1) and (s.step is null or c.attempt > s.attempt)`,
  },
  {
    holds: 'what work costs is the sum of its steps and of its charges',
    broken: `
      select d.id || ' (' || d.state || ') costs ' || d.cost || ', its steps ' || steps.cost || ', its charges ' || charges.cost as what
        from delegations d
        cross join lateral (select coalesce(sum(s.cost), 0) as cost from steps s where s.org_id = d.org_id and s.delegation_id = d.id) steps
        cross join lateral (select coalesce(sum(c.cost), 0) as cost from charges c where c.org_id = d.org_id and c.delegation_id = d.id) charges
       where d.org_id = any ($1) and (d.cost <> steps.cost or d.cost <> charges.cost)`,
  },
  {
    holds: 'a budget has counted its charges',
    broken: `
      select b.period || ' ' || k.period_key || ' counts ' || k.money || ' and reserves ' || k.reserved_money || '; charged: ' || coalesce(sum(c.cost), 0) as what
        from budgets b
        join budget_counters k on k.org_id = b.org_id and k.budget_id = b.id
        left join charges c on c.org_id = b.org_id and period_key(b.period, c.delegation_id, c.root_id, c.at) = k.period_key
       where b.org_id = any ($1)
       group by b.org_id, b.id, b.period, k.period_key, k.money, k.reserved_money, k.steps, k.tool_calls
      having k.money <> coalesce(sum(c.cost), 0)
          or k.reserved_money <> coalesce(sum(c.worst_cost) filter (where c.state = 'reserved'), 0)
          or k.steps <> count(c.step) filter (where c.state <> 'released')
          or k.tool_calls <> count(c.step) filter (where c.state <> 'released' and c.model is null)`,
  },
]
