import { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { Category, type RouteTarget } from '#shared/notify/contract.ts'
import { generalCategory, resolveCategory } from '#shared/notify/resolve-category.ts'
import {
  type AgentTool,
  agentTool,
  type StandaloneTool,
  type Standpoint,
  standaloneTool,
} from '../../kernel/agent-tool.ts'
import type { Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { delegateIn } from '../delegations/index.ts'
import { readConfig } from '../files/index.ts'
import { loadChart } from '../workspaces/index.ts'
import { countLately, insertNotification, selectRoutes } from './store.ts'

/** Of one workspace; whoever tells more is heard less. */
const maxAnHour = 30

const definition = {
  name: 'notify',
  description:
    'Tells those a category is for: people see it at their bell, workspaces get it as a task. An unknown category is answered with the known ones.',
  input: z.object({
    category: Category.default(generalCategory),
    message: z.string().trim().min(1, 'Say something.').max(4_000),
  }),
  hints: { readOnly: false, idempotent: false, coordinates: true },
} as const

type Input = z.output<typeof definition.input>
type From = Standpoint & { delegationId: DelegationId | null; step: number | null }

export const notifyTools: readonly AgentTool[] = [
  agentTool({ ...definition, run: (tx, site, input) => notifyIn(tx, site, input) }),
]

export const standaloneNotifyTools: readonly StandaloneTool[] = [
  standaloneTool({
    ...definition,
    run: (tx, site, input) => notifyIn(tx, { ...site, delegationId: null, step: null }, input),
  }),
]

async function notifyIn(tx: Tx, from: From, { category, message }: Input) {
  const [config, routes, { workspaces }] = await Promise.all([
    readConfig(tx, from.workspaceId),
    selectRoutes(tx),
    loadChart(tx),
  ])
  const found = resolveCategory(category, { own: config?.category_routing ?? {}, routes, workspaces })
  if (found.kind === 'unknown') {
    throw new AppError(
      'bad-input',
      `There is no category ${category}. The categories are: ${found.known.join(', ')}.`,
      {
        field: 'category',
        fix: 'Use one of them.',
      },
    )
  }
  if ((await countLately(tx, from.workspaceId)) + found.targets.length > maxAnHour) {
    throw new AppError('rate-limited', `You told ${maxAnHour} things within an hour, which is all you may.`, {
      fix: 'Gather what is left and tell it later, in one message.',
    })
  }
  const told: string[] = []
  const failed = found.unknown.map((name) => `${name}: there is no such role or workspace`)
  for (const to of found.targets) {
    const who = to.kind === 'people' ? peopleWords(to.lowest) : nameIn(workspaces, to.workspaceId)
    try {
      await tx.attempt(() => deliver(tx, from, { category, message, to }))
      told.push(who)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failed.push(`${who}: ${error.message}`)
    }
  }
  if (told.length === 0) throw new AppError('forbidden', `Nobody could be told. ${failed.join(' ')}`)
  return { kind: 'done' as const, text: JSON.stringify({ told, ...(failed.length > 0 && { not_told: failed }) }) }
}

type Word = { category: string; message: string; to: RouteTarget }

async function deliver(tx: Tx, { context, workspaceId, delegationId, step }: From, { category, message, to }: Word) {
  const noteId = uuidv7()
  const lowest = to.kind === 'people' ? to.lowest : null
  await insertNotification(tx, { id: noteId, workspaceId, category, lowest, text: message })
  if (to.kind === 'workspace') {
    // Whom the org chart does not let it talk to, it does not reach this way either.
    await delegateIn(tx, context, { workspaceId: to.workspaceId, task: `Word of ${category}: ${message}` }, step)
    return
  }
  const payload = { noteId, workspaceId, delegationId, category, lowest: to.lowest }
  tx.tell({ type: 'people.notified', payload }, context.chain)
}

function peopleWords(lowest: string): string {
  return lowest === 'viewer' ? 'everybody' : lowest === 'owner' ? 'owners' : `${lowest}s and above`
}

function nameIn(workspaces: readonly { id: WorkspaceId; name: string }[], id: WorkspaceId): string {
  return workspaces.find((one) => one.id === id)?.name ?? id
}
