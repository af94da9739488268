import { applyIntent } from '#shared/delegations/apply-intent.ts'
import { decide, type Intent } from '#shared/delegations/decide.ts'
import { approvalOf, openHold, withNote } from '#shared/delegations/hold.ts'
import { isTerminal, type Journal } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { type Db, inSnapshot, type Reader } from '../../kernel/db.ts'
import type { Redactor } from '../../kernel/redact/create-redactor.ts'
import { redactorOf } from '../../kernel/redact/redactor-of.ts'
import { decisionsOf } from '../approvals/index.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { type Loaded, loadDelegation } from './journal-store.ts'
import { recordContext } from './work-context.ts'

/** A delegation as one worker knows it between two commits; `allowed` counts the places of its workspace. */
export type Turn = { loaded: Loaded; allowed: number; tier: number; role: string }

export type Plan = { before: Journal; after: Journal; last: Intent | undefined }

/** Everything a decision may depend on, read at one moment; undefined where there is no such delegation. */
export async function readTurn(db: Db, orgId: OrgId, id: DelegationId, tools: readonly string[]) {
  const redactor = await redactorOf(db, orgId)
  return await inSnapshot(db, orgId, async (reader): Promise<{ turn: Turn; plan: Plan } | undefined> => {
    const loaded = await loadDelegation(reader, id)
    if (!loaded) return undefined
    const before = loaded.journal
    if (loaded.isWorkspaceRemoved || isTerminal(before.state)) {
      return { turn: { loaded, allowed: 1, tier: 1, role: '' }, plan: follow(before, ended(loaded)) }
    }
    const workspace = await requireWorkspace(reader, before.workspaceId).catch(unlessGone)
    // Removed since: the next reading tells it as removed.
    if (!workspace) return undefined
    const { maxConcurrentTasks, tier, role } = workspace
    const turn = { loaded, allowed: maxConcurrentTasks, tier, role }
    return { turn, plan: await planFrom(reader, loaded, { tools, redactor }) }
  })
}

type Known = { tools: readonly string[]; redactor: Redactor }

async function planFrom(reader: Reader, loaded: Loaded, { tools, redactor }: Known): Promise<Plan> {
  const before = loaded.journal
  const heard = await hear(reader, loaded)
  const [first] = decide(heard)
  if (first?.do !== 'record-context') return follow(before, heard)
  const { workspaceId } = before
  const { requesterName } = loaded
  const step = await recordContext(reader, { workspaceId, requesterName, tools, step: first.step })
  // People's own files are kept as typed; of what an agent is told of them, secrets are masked.
  return follow(before, { ...heard, steps: [...heard.steps, redactor.json(step)] })
}

/** What came in from outside since, as recorded notes: the clock, the budget, answers to what it asked. */
async function hear(reader: Reader, loaded: Loaded): Promise<Journal> {
  const journal = await hearAnswers(reader, loaded.journal)
  const hold = openHold(journal)
  if (hold?.afterMs !== undefined && (loaded.holdAgeMs ?? 0) >= hold.afterMs) {
    return withNote(journal, 'released', { how: 'timer', by: 'the clock' })
  }
  // Whether the budget carries it, or the key is there, by now is asked at the gates; where not, nothing of this is written.
  if (hold?.code === 'money') return withNote(journal, 'released', { how: 'budget', by: 'the meter' })
  if (hold?.code === 'key') return withNote(journal, 'released', { how: 'key', by: 'the vault' })
  return journal
}

/** Answers to what its steps asked, each recorded once. */
async function hearAnswers(reader: Reader, journal: Journal): Promise<Journal> {
  const asking = journal.steps.filter((step) => step.state === 'waiting' && step.approvalId !== null)
  if (asking.length === 0) return journal
  const answers = await decisionsOf(reader, journal.delegationId)
  const news = answers.filter(({ step }) => asking.some((one) => one.step === step && !approvalOf(journal, one)))
  return news.reduce((heard, answer) => withNote(heard, 'approval', answer), journal)
}

function ended(loaded: Loaded): Journal {
  const { journal } = loaded
  if (isTerminal(journal.state)) return journal
  const reason = `${loaded.workspaceName} was removed from the organisation.`
  return { ...journal, cancel: journal.cancel ?? { reason } }
}

function unlessGone(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'not-found') return undefined
  throw error
}

/** The plan that decides from here: what is so far, and what the intents make of it. */
export function follow(before: Journal, journal: Journal): Plan {
  const intents = decide(journal)
  const after = intents.reduce(applyIntent, journal)
  // What was refused has ended, and something follows from that at once.
  const isOnlyRefused = intents.length > 0 && intents.every((intent) => intent.do === 'refuse')
  return isOnlyRefused ? follow(before, after) : { before, after, last: intents.at(-1) }
}
