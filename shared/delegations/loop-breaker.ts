import type { WorkspaceId } from '../kernel/ids.ts'
import type { DelegationState } from './contract.ts'
import { type Alike, compareTasks } from './loop-breaker-likeness.ts'

/** What the loop breaker can see repeat. */
export type LoopRule =
  | 'depth'
  | 'fan-out'
  | 'often'
  | 'ping-pong'
  | 'same-call'
  | 'same-task'
  | 'self-wake'
  | 'storm'
  | 'storm-in-all'

/**
 * A rule that tripped, what repeated in one sentence, and the scope in which "always allow this" switches the rule off:
 * `chain`, an edge of the org chart (`edge:<from>><to>`) or a tool of a workspace (`tool:<workspace>:<name>`).
 */
export type LoopVerdict = { rule: LoopRule; sentence: string; scope: string }

/** Wide enough for every honest pattern in the tests beside this file; a runaway reaches them within seconds. */
export const loopLimits = {
  /** Hands a causal chain may go through, whatever moved it on. */
  depth: 12,
  /** The same task to the same workspace within a chain, when nothing new came of it: this one trips. */
  sameTask: 4,
  /** The same task, or almost, when the answers differed or it failed: this one trips. */
  sameTaskTried: 6,
  /** The same task on the same edge over all chains that no person began, within the window. */
  often: 30,
  oftenWindowMs: 10 * 60_000,
  /** The same hand-over within one line of work: this one trips. Two rounds of review are two. */
  edgeInLine: 3,
  /** Work that ended and was started again below itself with almost the same task: this one trips. */
  selfWake: 3,
  /**
   * Delegations one chain may create within the window, and in all, where fewer than a third or a fifth as many workspaces
   * share them: a task that goes once through a large organisation is no storm. And what one delegation may hand out.
   */
  storm: 100,
  stormWindowMs: 10_000,
  stormInAll: 500,
  fanOut: 60,
} as const

type Party = { id: WorkspaceId; name: string }

/** Work above the new one, nearest first: what asks, what asked that, up to what started it all. */
export type LineEntry = {
  workspaceId: WorkspaceId
  fromWorkspaceId: WorkspaceId | null
  task: string
  state: DelegationState
}

/** Work the same giver gave the same workspace earlier in this chain; `answer` is a fingerprint, null while there is none. */
export type EarlierTask = { task: string; state: DelegationState; answer: string | null }

/** What is known when somebody asks for a new delegation. Only what came after a person last let the chain go on counts. */
export type NewDelegationFacts = {
  from: Party | null
  to: Party
  task: string
  /** Of the new delegation, counted from where a person last let the chain go on. */
  depth: number
  line: readonly LineEntry[]
  onEdge: readonly EarlierTask[]
  /** The same task on the same edge within the window, in any chain that no person began; 0 where a person began this one. */
  oftenOnEdge: number
  /** By the chain within the window and in all, to how many workspaces; and by the delegation that asks. */
  created: { lately: number; latelyTo: number; inAll: number; inAllTo: number; byAsker: number }
}

/**
 * Would the new delegation be one more turn of a loop? The first rule that says so, or undefined. `allowed` holds what people
 * allowed for good, as `allowanceKey` gives it.
 */
export function judgeNewDelegation(
  facts: NewDelegationFacts,
  allowed: ReadonlySet<string> = new Set(),
): LoopVerdict | undefined {
  for (const rule of rules) {
    const verdict = rule(facts)
    if (verdict && !allowed.has(allowanceKey(verdict))) return verdict
  }
  return undefined
}

export function allowanceKey({ rule, scope }: Pick<LoopVerdict, 'rule' | 'scope'>): string {
  return `${rule} ${scope}`
}

type Rule = (facts: NewDelegationFacts) => LoopVerdict | undefined

/** What says most to a person comes first. */
const rules: readonly Rule[] = [sameTask, bouncesBack, selfWake, edgeInLine, often, tooDeep, fanOut, storm, stormInAll]

function sameTask({ from, to, task, onEdge }: NewDelegationFacts): LoopVerdict | undefined {
  const alike = onEdge.flatMap((one) => (compareTasks(task, one.task) === 'other' ? [] : [one]))
  const exact = onEdge.filter((one) => compareTasks(task, one.task) === 'same')
  const scope = edge(from, to)
  const asked = `${nameOf(from)} asked ${to.name} for the same thing`
  const unfailed = exact.filter((one) => one.state !== 'failed' && one.state !== 'cancelled')
  if (unfailed.length + 1 >= loopLimits.sameTask && distinctAnswers(unfailed) <= 1) {
    const got = distinctAnswers(unfailed) === 1 ? ' and got the same answer' : ' without waiting for an answer'
    return { rule: 'same-task', scope, sentence: `${asked} ${unfailed.length + 1} times${got}.` }
  }
  if (exact.length + 1 >= loopLimits.sameTaskTried) {
    const failed = exact.every((one) => one.state === 'failed') ? '; it failed each time' : ''
    return { rule: 'same-task', scope, sentence: `${asked} ${exact.length + 1} times${failed}.` }
  }
  const answered = alike.filter((one) => one.answer !== null)
  if (answered.length + 1 >= loopLimits.sameTaskTried && distinctAnswers(answered) === 1) {
    const sentence = `${nameOf(from)} asked ${to.name} for almost the same thing ${answered.length + 1} times and got the same answer.`
    return { rule: 'same-task', scope, sentence }
  }
  return undefined
}

function distinctAnswers(earlier: readonly EarlierTask[]): number {
  return new Set(earlier.flatMap((one) => (one.answer === null ? [] : [one.answer]))).size
}

/** The very task that a workspace has open comes back to it from below. */
function bouncesBack({ from, to, task, line }: NewDelegationFacts): LoopVerdict | undefined {
  const open = line.some(
    (one) => one.workspaceId === to.id && !hasEnded(one) && compareTasks(task, one.task) === 'same',
  )
  if (!open) return undefined
  const sentence = `${to.name} gave a task away and ${nameOf(from)} gives it back: each waits for the other.`
  return { rule: 'ping-pong', scope: 'chain', sentence }
}

function selfWake({ to, task, line }: NewDelegationFacts): LoopVerdict | undefined {
  const again = line.filter((one) => one.workspaceId === to.id && isAlike(compareTasks(task, one.task)))
  if (again.length + 1 < loopLimits.selfWake) return undefined
  const sentence = `Work of ${to.name} started ${to.name} again with the same task, ${again.length + 1} times in a row.`
  return { rule: 'self-wake', scope: 'chain', sentence }
}

function edgeInLine({ from, to, line }: NewDelegationFacts): LoopVerdict | undefined {
  if (!from) return undefined
  const earlier = line.filter((one) => one.workspaceId === to.id && one.fromWorkspaceId === from.id).length
  if (earlier + 1 < loopLimits.edgeInLine) return undefined
  const sentence = `${from.name} and ${to.name} hand the work to and fro: ${from.name} gave it to ${to.name} ${earlier + 1} times within one line of work.`
  return { rule: 'ping-pong', scope: 'chain', sentence }
}

function often({ from, to, oftenOnEdge }: NewDelegationFacts): LoopVerdict | undefined {
  if (!from || oftenOnEdge + 1 < loopLimits.often) return undefined
  const minutes = loopLimits.oftenWindowMs / 60_000
  const sentence = `${from.name} asked ${to.name} for the same thing ${oftenOnEdge + 1} times within ${minutes} minutes.`
  return { rule: 'often', scope: edge(from, to), sentence }
}

function tooDeep({ depth }: NewDelegationFacts): LoopVerdict | undefined {
  if (depth <= loopLimits.depth) return undefined
  return { rule: 'depth', scope: 'chain', sentence: `This work went through ${depth} hands, one after the other.` }
}

function fanOut({ from, created }: NewDelegationFacts): LoopVerdict | undefined {
  if (created.byAsker < loopLimits.fanOut) return undefined
  const sentence = `One piece of work of ${nameOf(from)} handed out ${created.byAsker} others and wants to hand out more.`
  return { rule: 'fan-out', scope: 'chain', sentence }
}

function storm({ created }: NewDelegationFacts): LoopVerdict | undefined {
  if (created.lately < loopLimits.storm || created.latelyTo * 3 > created.lately) return undefined
  const seconds = loopLimits.stormWindowMs / 1_000
  const sentence = `This work created ${created.lately} delegations within ${seconds} seconds and wants to create more.`
  return { rule: 'storm', scope: 'chain', sentence }
}

function stormInAll({ created }: NewDelegationFacts): LoopVerdict | undefined {
  if (created.inAll < loopLimits.stormInAll || created.inAllTo * 5 > created.inAll) return undefined
  const sentence = `This work created ${created.inAll} delegations in all and wants to create more.`
  return { rule: 'storm-in-all', scope: 'chain', sentence }
}

function isAlike(alike: Alike): boolean {
  return alike !== 'other'
}

function hasEnded({ state }: LineEntry): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled'
}

function edge(from: Party | null, to: Party): string {
  return `edge:${from?.id ?? ''}>${to.id}`
}

function nameOf(party: Party | null): string {
  return party?.name ?? 'Somebody'
}
