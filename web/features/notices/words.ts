import type { MutableKind, Notice } from '#shared/notices/contract.ts'
import type { GlyphState } from '../../ui/status-glyph.tsx'

/** Where the one act of a notice leads. */
export type NoticeTarget =
  | { kind: 'work'; workspaceId: string; delegationId: string }
  | { kind: 'workspace'; workspaceId: string }
  | { kind: 'people' }
  | { kind: 'budgets' }
  | { kind: 'tools' }

export type NoticeWords = {
  sentence: string
  glyph: GlyphState
  act?: { label: string; to: NoticeTarget }
}

/** What the settings of the bell call each kind. */
export const kindWords: Readonly<Record<MutableKind, string>> = {
  completed: 'Work completed',
  failed: 'Work failed',
  lost: 'Work lost',
  approval: 'Approvals nobody answered',
  budget: 'Budget warnings and stops',
  input: 'Work that waits for you',
  loop: 'Loops that were stopped',
  joined: 'People who joined',
  told: 'What agents tell you',
  message: 'Messages from work',
  tools: 'Servers that changed their tools',
  conflict: 'Conflicts between edits',
  connection: 'Connection lost and back',
}

/** In the order the settings of the bell list them. */
export const kindsInOrder = [
  ...(['completed', 'failed', 'lost', 'input', 'approval', 'budget', 'loop', 'tools'] as const),
  ...(['told', 'message', 'joined', 'conflict', 'connection'] as const),
] satisfies readonly MutableKind[]

/** One sentence, its state by shape, and the one act that goes there. */
export function noticeWords(notice: Notice): NoticeWords {
  const who = notice.workspace?.name ?? 'A workspace that is gone'
  const act = workAct(notice)
  switch (notice.kind) {
    case 'completed':
      return { sentence: `${who} completed its work`, glyph: 'completed', act: act && { ...act, label: 'Read it' } }
    case 'failed':
      return { sentence: `${who} failed`, glyph: 'failed', act: act && { ...act, label: 'See why' } }
    case 'lost':
      return { sentence: `${who} lost its work${sinceThen(notice)}`, glyph: 'lost', act }
    case 'approval':
      return {
        sentence: `Nobody answered ${who} in time, so ${notice.detail ?? 'its act'} was denied`,
        glyph: 'waiting-approval',
        act,
      }
    case 'budget':
      return budgetWords(notice, act)
    case 'input':
      return { sentence: `${who} waits for you${sinceThen(notice)}`, glyph: 'waiting-input', act }
    case 'loop':
      return { sentence: `The loop breaker stopped ${who}${sinceThen(notice)}`, glyph: 'paused', act }
    case 'told':
      return {
        sentence: `${who} about ${notice.category ?? 'something'}: ${notice.detail ?? 'its words are gone'}`,
        glyph: 'working',
        act,
      }
    case 'message':
      return { sentence: `${who} says: ${notice.detail ?? 'its words are gone'}`, glyph: 'working', act }
    case 'joined':
      return {
        sentence: `${notice.detail ?? 'Somebody'} joined the organisation`,
        glyph: 'idle',
        act: { label: 'People', to: { kind: 'people' } },
      }
    case 'tools':
      return {
        sentence: `${notice.detail ?? 'An MCP server'} changed its tools, so they stopped until somebody approves the change`,
        glyph: 'waiting-approval',
        act: { label: 'Look at it', to: { kind: 'tools' } },
      }
    default:
      return notice.kind satisfies never
  }
}

function budgetWords(notice: Notice, act: NoticeWords['act']): NoticeWords {
  const { workspace, detail } = notice
  const glyph = 'waiting-budget'
  if (detail === null) {
    return { sentence: `A limit stopped ${workspace?.name ?? 'a workspace'}${sinceThen(notice)}`, glyph, act }
  }
  const whose = workspace ? `the budget of ${workspace.name}` : 'the budget of the organisation'
  return {
    sentence: `${detail} % of ${whose} is used`,
    glyph,
    act: { label: 'Budgets', to: { kind: 'budgets' } },
  }
}

function workAct({ workspace, delegation }: Notice): NoticeWords['act'] {
  if (!workspace || workspace.isDeleted) return undefined
  if (!delegation) return { label: `Open ${workspace.name}`, to: { kind: 'workspace', workspaceId: workspace.id } }
  return { label: 'Open the work', to: { kind: 'work', workspaceId: workspace.id, delegationId: delegation.id } }
}

/** What was stopped and goes on, or is over by now, needs nobody any more: it says so. */
function sinceThen({ delegation }: Notice): string {
  switch (delegation?.state) {
    case 'queued':
    case 'running':
      return '; it has gone on since'
    case 'completed':
      return '; it is completed by now'
    case 'cancelled':
      return '; it was cancelled since'
    case 'failed':
      return '; it failed since'
    default:
      return ''
  }
}
