import type { OrgId } from '#shared/kernel/ids.ts'
import { check } from './check.ts'
import type { Client } from './client.ts'
import { until } from './until.ts'

const runaways = new Set(['Watchman', 'Copywriter', 'Dispatcher'])
/** Micro-dollars that each single run may cost. */
const cap = 500_000

/** Puts a price on the rehearsal and a cap on each run, takes over the template's schedules and runs each now. */
export async function startRounds({ trpc }: Client, orgId: OrgId): Promise<void> {
  await trpc.budgets.setPrice.mutate({ orgId, model: 'rehearsal', input: 1_000_000, output: 15_000_000 })
  await trpc.budgets.set.mutate({ orgId, scope: 'org', period: 'run', limits: { money: cap } })
  const { workspaces } = await trpc.workspaces.list.query({ orgId })
  check('50 agents were imported', workspaces.length === 50, workspaces.length)
  for (const { id: workspaceId } of workspaces) await trpc.schedules.takeDeclared.mutate({ orgId, workspaceId })
  const schedules = await trpc.schedules.list.query({ orgId })
  check('each has a schedule', new Set(schedules.map((one) => one.workspaceId)).size === 50)
  for (const { id: scheduleId } of schedules) await trpc.schedules.run.mutate({ orgId, scheduleId })
}

/** Waits until nothing moves any more and holds what stands still against who runs away. */
export async function judgeRounds({ trpc }: Client, orgId: OrgId): Promise<void> {
  const still = await until('all rounds end or are stopped', async () => {
    const { delegations } = await trpc.delegations.active.query({ orgId })
    return delegations.every((one) => one.state === 'waiting' && one.waitingFor !== 'child') ? delegations : undefined
  })
  const runs = await trpc.schedules.list.query({ orgId })
  const completed = runs.filter((one) => one.lastRun?.state === 'completed')
  const stopped = await Promise.all(
    still.map(({ id: delegationId }) => trpc.delegations.get.query({ orgId, delegationId })),
  )
  for (const { delegation, hold, steps, children } of stopped) {
    const lastAt = Math.max(...steps.flatMap((step) => (step.finishedAt ? [Date.parse(step.finishedAt)] : [])))
    const seconds = (lastAt - Date.parse(delegation.createdAt)) / 1_000
    const handed = children.length > 0 ? `, ${children.length} delegations` : ''
    console.log(`\n  ${delegation.workspaceName}: stopped ${seconds.toFixed(1)} s after it was given its task`)
    console.log(`    after ${delegation.stepsTaken} steps, ${dollars(delegation.cost)}${handed}`)
    console.log(`    "${hold?.reason ?? delegation.reason}"`)
  }
  console.log('')
  const names = stopped.map(({ delegation }) => delegation.workspaceName).toSorted()
  check('exactly the three runaways are stopped', names.join() === [...runaways].toSorted().join(), names)
  check('the other 47 completed their round', completed.length === 47, completed.length)
  const loops = await trpc.delegations.loopHolds.query({ orgId })
  const rules = Object.fromEntries(loops.map((one) => [one.workspaceName, one.rule]))
  check('the breaker stopped the endless loop', rules.Watchman === 'same-call', rules)
  check(
    'the breaker stopped the delegation storm',
    rules.Dispatcher === 'fan-out' || rules.Dispatcher === 'storm',
    rules,
  )
  check('it holds nobody else', loops.length === 2, rules)
  const burner = stopped.find(({ delegation }) => delegation.workspaceName === 'Copywriter')
  const burnt = burner?.delegation
  check('the meter stopped the money burner', burner?.hold?.code === 'money' && burnt?.waitingFor === 'budget')
  check(`it never spent more than ${dollars(cap)}`, burnt !== undefined && burnt.cost > 0 && burnt.cost <= cap)
  await total({ trpc }, orgId)
}

async function total({ trpc }: Pick<Client, 'trpc'>, orgId: OrgId): Promise<void> {
  let before: string | undefined
  let count = 0
  let cost = 0
  for (;;) {
    const page = await trpc.delegations.list.query({ orgId, limit: 100, ...(before && { before }) })
    count += page.length
    cost += page.reduce((sum, one) => sum + one.cost, 0)
    check(
      'no run cost more than its cap',
      page.every((one) => one.cost <= cap),
    )
    before = page.at(-1)?.createdAt
    if (page.length < 100) break
  }
  const spend = await trpc.budgets.spend.query({ orgId })
  console.log(`  In all ${count} delegations, ${dollars(spend.month.cost)}`)
  check('the meter and the delegations agree on what was spent', spend.month.cost === cost, [spend.month.cost, cost])
}

function dollars(micros: number): string {
  return `$${(micros / 1_000_000).toFixed(4)}`
}
