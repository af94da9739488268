import { type Listed, serverVerbs } from '../support/server-verbs.ts'
import { readTables } from '../support/tables.ts'
import { expect, test } from '../support/test.ts'

const people = ['Captain', 'Scout', 'Builder', 'Cook', 'Mason', 'Painter']
/** What a round of work is made of: what ends well, what fails, what goes through a team, what stays. */
const tasks = [
  'Say a word.',
  'Say two words. [rehearse: slow 200]',
  'Try it. [rehearse: fail The rehearsal was told to fail.]',
]
const stays = 'Think about it for long. [rehearse: slow 600000]'

type Truth = { name: string; running: number; queued: number; activity: string; today: number }

/** The tables' own word on each workspace: the states of its work, and what was charged since midnight UTC. */
const truth = `
  select coalesce(f.config ->> 'name', w.name) as name,
         count(*) filter (where d.state = 'running')::int as running,
         count(*) filter (where d.state = 'queued')::int as queued,
         (select coalesce(sum(c.cost), 0)::float8 from charges c
           where c.org_id = w.org_id and c.workspace_id = w.id
             and c.at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC') as today
    from workspaces w
    left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml'
    left join delegations d on d.org_id = w.org_id and d.workspace_id = w.id
   where w.org_id = $1 and w.deleted_at is null
   group by w.org_id, w.id, w.name, f.config`

test('after a random run the screen, the API and the tables say the same of spend, queue and state', async ({
  ide,
  team,
  server,
}) => {
  const { page } = ide
  const { act, read } = serverVerbs(page.request, server.url)
  await ide.openOrg(team.path)
  await act('budgets.setPrice', { orgId: team.id, model: 'rehearsal', input: 3_000_000, output: 7_000_000 })
  const ids = new Map<string, string>(
    (await read<Listed>('workspaces.list', { orgId: team.id })).workspaces.map(({ id, name }) => [name, id]),
  )
  const draw = chanceOf(20_260)
  for (let turn = 0; turn < 14; turn++) {
    const workspaceId = ids.get(people[Math.floor(draw() * people.length)] ?? '')
    const task = tasks[Math.floor(draw() * tasks.length)]
    await act('delegations.create', { orgId: team.id, workspaceId, task })
  }
  const openWork = async () => {
    const all = await readTables<Truth>(server.dataDir, truth, [team.id])
    return all.filter(({ running, queued }) => running + queued > 0)
  }
  await expect.poll(openWork, { timeout: 30_000 }).toEqual([])
  // One that stays at work, and a queue behind it.
  for (let turn = 0; turn < 3; turn++) {
    await act('delegations.create', { orgId: team.id, workspaceId: ids.get('Cook'), task: stays })
  }
  await expect.poll(openWork).toMatchObject([{ name: 'Cook', running: 1, queued: 2 }])

  const rows = await readTables<Truth>(server.dataDir, truth, [team.id])
  const sum = rows.reduce((total, { today }) => total + today, 0)
  expect(sum).toBeGreaterThan(0)
  for (const { name, running, queued, today } of rows) {
    const card = ide.card(name)
    await expect(card).toHaveAttribute('data-activity', running > 0 ? 'working' : /^(idle|completed|failed)$/)
    await expect(card).toContainText(money(today))
    if (queued > 0) await expect(card).toContainText(`${queued} queued`)
    else await expect(card).not.toContainText('queued')
  }
  await expect(page.getByText('1 running · 2 queued')).toBeVisible()
  await expect(page.getByText(`Today ${money(sum)}`)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Budgets/ })).toContainText(money(sum))

  expect(await read('budgets.today', { orgId: team.id })).toMatchObject({ cost: sum })
  const active = await read<Active>('delegations.active', { orgId: team.id })
  expect(active.delegations.map(({ state }) => state).toSorted()).toEqual(['queued', 'queued', 'running'])
  expect(active.spend.reduce((total, { today }) => total + today, 0)).toBe(sum)
  const [work] = await readTables(
    server.dataDir,
    'select sum(cost)::float8 as cost, sum(input_tokens + output_tokens)::float8 as tokens from delegations where org_id = $1',
    [team.id],
  )
  const [charged] = await readTables(
    server.dataDir,
    `select sum(cost)::float8 as cost, sum(input_tokens + output_tokens)::float8 as tokens from charges where org_id = $1`,
    [team.id],
  )
  expect(work).toEqual(charged)
})

type Active = { delegations: { state: string }[]; spend: { today: number }[] }

function money(micros: number): string {
  return micros >= 1_000_000 ? `$${(micros / 1_000_000).toFixed(2)}` : `$${(micros / 1_000_000).toFixed(4)}`
}

/** The same numbers on every run. */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
