import { setBudget } from '#api/features/budgets/set-budget.ts'
import { setPrice } from '#api/features/budgets/set-price.ts'
import type { OrgContext } from '#api/kernel/actor.ts'
import { giveScript } from '#api/testing/engine.ts'
import { makeOrg, makeWorkspaces } from '#api/testing/factories.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Chance } from './chance.ts'
import type { Ground } from './ground.ts'

export type Company = { context: OrgContext; agents: Readonly<Record<AgentName, WorkspaceId>> }

export const agentNames = ['Lead', 'Ann', 'Bob', 'Cleo', 'Dan', 'Eve'] as const
export type AgentName = (typeof agentNames)[number]

/** One micro-dollar a token, so that every call shows in the meter. */
const price = { model: 'rehearsal', input: 1_000_000, output: 1_000_000, cacheRead: 1_000_000 }
const limits = { money: 1_000_000_000, tokens: null, steps: null, seconds: null, toolCalls: null }

/**
 * An org whose agents do all the engine can do: hand parts to each other side by side and in depth, wait for the answers, give
 * work away, call tools inside and outside of the database in parallel, think slowly, fail.
 */
export async function foundCompany(ground: Ground, chance: Chance, marks: boolean): Promise<Company> {
  const context = await makeOrg(ground.db, { name: 'Chaos' })
  const places = () => ({ max_concurrent_tasks: chance.between(1, 4) })
  const configs = Object.fromEntries(agentNames.map((name) => [name, places()]))
  const ids = await makeWorkspaces(context, { Lead: { Ann: {}, Bob: {}, Cleo: { Dan: {}, Eve: {} } } }, configs)
  await giveScript(context, scripts(chance, marks))
  const { orgId } = context
  await setPrice(context, { orgId, ...price })
  await setBudget(context, { orgId, scope: 'org', workspaceId: null, period: 'day', limits })
  await setBudget(context, { orgId, scope: 'org', workspaceId: null, period: 'tree', limits })
  const idOf = (name: AgentName) => {
    const id = ids[name]
    if (!id) throw new Error(`There is no ${name}.`)
    return id
  }
  return {
    context,
    agents: {
      Lead: idOf('Lead'),
      Ann: idOf('Ann'),
      Bob: idOf('Bob'),
      Cleo: idOf('Cleo'),
      Dan: idOf('Dan'),
      Eve: idOf('Eve'),
    },
  }
}

const always = { always: true as const }

function scripts(chance: Chance, marks: boolean) {
  const slow = () => ({ delay_ms: chance.between(0, 250) })
  const mark = (tool: string) => ({ tool, args: { ms: chance.between(0, 200) } })
  const part = (to: AgentName) => ({ to, task: `${to} of {task}` })
  return [
    {
      workspace: 'Lead',
      when: always,
      turns: [
        { say: 'I share it out.', delegate: [part('Ann'), part('Bob'), part('Cleo')], ...slow() },
        { answer: 'All of {task}: {results}', ...slow() },
      ],
    },
    {
      workspace: 'Cleo',
      when: always,
      turns: [
        { delegate: [part('Dan'), part('Eve')], ...slow() },
        { message_user: 'Both have answered on {task}.' },
        { answer: 'Cleo on {task}: {results}' },
      ],
    },
    { workspace: 'Eve', when: { includes: ['unlucky'] }, turns: [{ fail: 'Eve had bad luck.', ...slow() }] },
    {
      workspace: 'Bob',
      when: always,
      turns: [
        marks
          ? { call: [mark('mark_once'), mark('mark_again'), mark('mark_once')], ...slow() }
          : { delegate: [{ ...part('Ann'), async: true }], ...slow() },
        { message_user: 'Bob is half way through {task}.' },
        { answer: 'Bob on {task}', ...slow() },
      ],
    },
    {
      workspace: 'Dan',
      when: always,
      turns: [...(marks ? [{ call: [mark('mark_once')] }] : []), { answer: 'Dan on {task}', ...slow() }],
    },
    { workspace: 'Ann', when: always, turns: [{ answer: 'Ann on {task}', ...slow() }] },
    { workspace: 'Eve', when: always, turns: [{ answer: 'Eve on {task}', ...slow() }] },
  ]
}
