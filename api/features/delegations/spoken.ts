import type { DelegationView, HoldView, StepKind, StepState } from '#shared/delegations/contract.ts'
import { Conversation, isSettled, isTerminal, Message, ToolCall } from '#shared/delegations/journal.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { presentDelegation } from './present.ts'
import { presentHold } from './present-note.ts'
import { commsBetween, findDelegations, spokenSteps } from './spoken-store.ts'
import type { StepRow } from './view-store.ts'

export type SpokenWords = {
  step: number
  from: 'person' | 'workspace'
  by: string
  text: string
  files: NonNullable<Message['files']>
  at: string | null
}

/** A delegation as a conversation: what it was given to read, what was said in it, and what of it is under way. */
export type Spoken = {
  delegation: DelegationView
  hold: HoldView | null
  conversation: Conversation
  said: SpokenWords[]
  open: { step: number; kind: StepKind; state: StepState; name: string }[]
}

/** Those that are there, in the order of their ids. */
export async function readSpoken(reader: Reader, ids: readonly DelegationId[]): Promise<Spoken[]> {
  const [rows, steps] = await Promise.all([findDelegations(reader, ids), spokenSteps(reader, ids)])
  return rows.map((row) => {
    const own = steps.filter((step) => step.delegationId === row.id)
    const isOver = isTerminal(row.state)
    return {
      delegation: presentDelegation(row),
      hold: isOver ? null : presentHold(own),
      conversation: conversationOf(own),
      said: own.flatMap((step) => wordsOf(step, row.workspaceName)),
      open: isOver ? [] : own.filter(({ state }) => !isSettled(state)).map(pick),
    }
  })
}

/** What went between a workspace and others, newest first, whoever of them asked. */
export async function readComms(
  reader: Reader,
  page: { workspaceId: WorkspaceId; before: string | undefined; limit: number },
): Promise<{ direction: 'sent' | 'received'; withId: WorkspaceId; withName: string; delegation: DelegationView }[]> {
  const rows = await commsBetween(reader, page)
  return rows.map(({ fromWorkspaceId, fromName, ...row }) =>
    fromWorkspaceId === page.workspaceId
      ? { direction: 'sent', withId: row.workspaceId, withName: row.workspaceName, delegation: presentDelegation(row) }
      : { direction: 'received', withId: fromWorkspaceId, withName: fromName, delegation: presentDelegation(row) },
  )
}

function conversationOf(steps: readonly StepRow[]): Conversation {
  const note = steps.find(({ kind, name }) => kind === 'note' && name === 'conversation')
  return Conversation.safeParse(note?.output).data ?? { turns: [], leftOut: 0, files: [] }
}

function wordsOf(step: StepRow, workspaceName: string): SpokenWords[] {
  const at = (step.finishedAt ?? step.startedAt)?.toISOString() ?? null
  if (step.kind === 'note' && step.name === 'message') {
    const { data } = Message.safeParse(step.output)
    return data ? [{ step: step.step, from: 'person', by: data.by, text: data.text, files: data.files ?? [], at }] : []
  }
  const text = step.kind === 'message' && step.state === 'done' ? messageIn(step.input) : undefined
  return text === undefined ? [] : [{ step: step.step, from: 'workspace', by: workspaceName, text, files: [], at }]
}

function messageIn(input: unknown): string | undefined {
  const { data } = ToolCall.safeParse(input)
  try {
    const args: unknown = JSON.parse(data?.args ?? '')
    if (typeof args !== 'object' || args === null || !('message' in args)) return undefined
    return typeof args.message === 'string' ? args.message : undefined
  } catch {
    return undefined
  }
}

function pick({ step, kind, state, name }: StepRow) {
  return { step, kind, state, name }
}
