import { applyIntent } from '#shared/delegations/apply-intent.ts'
import { decide, type Intent } from '#shared/delegations/decide.ts'
import { isTerminal, type Journal } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { type Db, inSnapshot, inTransaction, type Tx } from '../../kernel/db.ts'
import { wake } from '../../kernel/wake.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { aliveChildren, askToCancel } from './cancel-store.ts'
import { type Loaded, loadDelegation, settleWaitingCall, writeDecision } from './journal-store.ts'
import { hasPlace, lockPlaces, nextInQueue } from './places-store.ts'
import { finishAdvance, giveBack, lockReady, type ReadyClaim } from './queue-store.ts'
import { tellDecision, tellParentStep } from './tell.ts'
import { recordContext } from './work-context.ts'

const maxRereads = 10
const engine = { kind: 'system', name: 'engine' } as const

type Plan = { before: Journal; after: Journal; last: Intent | undefined; allowed: number }

/**
 * One step forward of a claimed delegation: load, decide, commit, let go. Nothing is done here but deciding; effects are run
 * by whoever claims the steps it leaves behind. What was recorded since it read makes it read again.
 */
export async function advance(db: Db, claim: ReadyClaim, tools: readonly string[]): Promise<void> {
  const context: OrgContext = { db, orgId: claim.orgId, actor: engine }
  for (let reads = 0; reads < maxRereads; reads++) {
    const loaded = await loadDelegation(db, claim.orgId, claim.delegationId)
    if (!loaded) return
    const plan = await planNext(context, loaded, tools)
    if (plan === 'stale') continue
    const outcome = await inTransaction(context, (tx) => commit(tx, claim, loaded, plan))
    if (outcome === 'settled') return
  }
  await inTransaction(context, (tx) => giveBack(tx, claim))
}

async function planNext(context: OrgContext, loaded: Loaded, tools: readonly string[]): Promise<Plan | 'stale'> {
  const before = loaded.journal
  const isOver = isTerminal(before.state)
  if (loaded.isWorkspaceRemoved || isOver) {
    const reason = `${loaded.workspaceName} was removed from the organisation.`
    const cancelled = isOver ? before : { ...before, cancel: before.cancel ?? { reason } }
    return follow(before, cancelled, 1)
  }
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const workspace = await requireWorkspace(reader, before.workspaceId).catch(unlessGone)
    if (!workspace) return 'stale'
    const { maxConcurrentTasks } = workspace
    const [first] = decide(before)
    if (first?.do !== 'record-context') return follow(before, before, maxConcurrentTasks)
    const { workspaceId } = before
    const step = await recordContext(reader, {
      workspaceId,
      requesterName: loaded.requesterName,
      tools,
      step: first.step,
    })
    return follow(before, { ...before, steps: [...before.steps, step] }, maxConcurrentTasks)
  })
}

/** Removed since the delegation was read: reading again tells it as removed. */
function unlessGone(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'not-found') return undefined
  throw error
}

function follow(before: Journal, journal: Journal, allowed: number): Plan {
  const intents = decide(journal)
  return { before, after: intents.reduce(applyIntent, journal), last: intents.at(-1), allowed }
}

/** Lock order: the workspace's places, then queue entries by id; the org's sequence comes with the events, last. */
async function commit(tx: Tx, claim: ReadyClaim, loaded: Loaded, plan: Plan): Promise<'settled' | 'stale'> {
  const { delegationId } = plan.before
  const { after, next, children } = await lookAround(tx, plan)
  const parent = isTerminal(after.state) && !isTerminal(plan.before.state) ? loaded.parent : null
  const toWake = [...next, ...children, ...(parent ? [parent.id] : [])]

  const own = (await lockReady(tx, [delegationId, ...toWake])).find((entry) => entry.delegationId === delegationId)
  // Somebody else holds it by now: this process slept through its lease and may commit nothing.
  if (own?.epoch !== claim.epoch || own.leasedBy !== claim.worker) return 'settled'
  if (own.wakes !== loaded.wakes) return 'stale'

  const shown = showing(after, plan.last)
  if (isChange(loaded, after, shown.waitingFor)) await writeDecision(tx, plan.before, after, shown)
  if (children.length > 0) await askToCancel(tx, children, 'The work it was part of was cancelled.')
  if (parent) await tellParent(tx, loaded, parent, after, shown)
  await Promise.all([wake(tx, toWake), finishAdvance(tx, delegationId)])
  tellDecision(tx, loaded, after, shown.waitingFor)
  return 'settled'
}

/**
 * What the commit must know of others, asked in one round trip with the lock first on the wire: is there a place to run, who
 * may start in a place that is left, and which parts end with a cancelled whole.
 */
async function lookAround(tx: Tx, { before, after, allowed }: Plan) {
  if (before.state === after.state) return { after, next: [], children: [] }
  const { workspaceId, delegationId } = before
  const place = { workspaceId, delegationId, allowed }
  const wantsPlace = after.state === 'running'
  const [, isFree, next, children] = await Promise.all([
    lockPlaces(tx, workspaceId),
    wantsPlace ? hasPlace(tx, place) : true,
    wantsPlace ? [] : nextInQueue(tx, place),
    after.state === 'cancelled' ? aliveChildren(tx, delegationId) : [],
  ])
  const queued: Journal = { ...before, state: 'queued' }
  return { after: isFree ? after : queued, next, children }
}

function isChange({ journal, waitingFor }: Loaded, after: Journal, nowWaitingFor: string | null): boolean {
  if (journal.state !== after.state || journal.steps.length !== after.steps.length) return true
  return after.state === 'waiting' && waitingFor !== nowWaitingFor
}

type Shown = { waitingFor: 'child' | 'budget' | null; reason: string | null; answer: string | null }

function showing(after: Journal, last: Intent | undefined): Shown {
  const nothing = { waitingFor: null, reason: null, answer: null }
  if (last?.do === 'wait' && after.state === 'waiting')
    return { ...nothing, waitingFor: last.waitingFor, reason: last.reason }
  if (last?.do !== 'finish' || !isTerminal(after.state)) return nothing
  return last.as === 'completed' ? { ...nothing, answer: last.answer } : { ...nothing, reason: last.reason }
}

type Parent = NonNullable<Loaded['parent']>

/** A failure below is told as a failure, never as an answer. */
async function tellParent(tx: Tx, loaded: Loaded, parent: Parent, after: Journal, shown: Shown): Promise<void> {
  const verb = after.state === 'cancelled' ? 'was cancelled' : 'failed'
  const result =
    after.state === 'completed'
      ? { answer: shown.answer ?? '' }
      : { error: `${loaded.workspaceName} ${verb}: ${shown.reason ?? 'no reason was recorded'}` }
  const settled = await settleWaitingCall(tx, parent, after.delegationId, result)
  if (settled) tellParentStep(tx, loaded, parent, { name: settled.name, state: 'answer' in result ? 'done' : 'failed' })
}
