import type { OrgEvent } from '../org-event.ts'
import type { NoticeKind } from './contract.ts'

/**
 * Which notice an event is, for this person; undefined for most. Work that an agent handed on is its giver's affair: people
 * hear of what they, a schedule or a program gave. The reader of the log says the same in SQL.
 */
export function noticeKindOf(event: OrgEvent, personId: string): NoticeKind | undefined {
  switch (event.type) {
    case 'delegation.completed':
      return event.payload.fromWorkspaceId === null ? 'completed' : undefined
    case 'delegation.failed':
      return event.payload.fromWorkspaceId === null ? 'failed' : undefined
    case 'delegation.lost':
      return 'lost'
    case 'delegation.waiting':
      if (event.payload.waitingFor === 'budget') return 'budget'
      return event.payload.waitingFor === 'input' ? 'input' : undefined
    case 'approval.decided':
      return event.payload.decision === 'expired' ? 'approval' : undefined
    case 'budget.warned':
      return event.payload.percent >= 80 ? 'budget' : undefined
    case 'chain.paused':
      return 'loop'
    case 'member.joined':
      return event.payload.userId === personId ? undefined : 'joined'
    case 'mcp-server.tools-seen':
      return event.payload.is === 'changed' ? 'tools' : undefined
    // Whether it is for this person's role, the reader of the log says.
    case 'people.notified':
      return 'told'
    case 'message.sent':
      return 'message'
    default:
      return undefined
  }
}
