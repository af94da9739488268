import type { OrgEvent } from '#shared/org-event.ts'

export type NameOf = (workspaceId: string) => string

/** An event as a sentence about the workspace whose log is read. */
export function sentenceOf(event: OrgEvent, workspaceId: string, nameOf: NameOf): string {
  switch (event.type) {
    case 'workspace.created':
      return `Created as ${event.payload.name}`
    case 'workspace.renamed':
      return `Renamed to ${event.payload.name}`
    case 'workspace.moved': {
      const { toParentId } = event.payload
      return toParentId === null ? 'Made a root' : `Moved under ${nameOf(toParentId)}`
    }
    case 'workspace.placed':
      return 'Placed on the canvas'
    case 'workspace.status-changed':
      return `Now ${event.payload.status}`
    case 'workspace.deleted':
      return 'Deleted'
    case 'workspace.restored':
      return 'Brought back'
    case 'file.saved':
      return `Saved ${event.payload.path}, version ${event.payload.version}`
    case 'file.deleted':
      return `Deleted ${event.payload.path}`
    case 'delegation.queued':
      return queuedSentence(event.payload, workspaceId, nameOf)
    case 'delegation.started':
      return 'Began a delegation'
    case 'delegation.waiting':
      return `Waits for ${waits[event.payload.waitingFor]}`
    case 'delegation.resumed':
      return 'Went on with a delegation'
    case 'delegation.lost':
      return 'Lost a delegation; it will be taken up again'
    case 'delegation.completed':
      return 'Completed a delegation'
    case 'delegation.failed':
      return 'Failed at a delegation'
    case 'delegation.cancelled':
      return 'A delegation was cancelled'
    case 'message.sent':
      return 'Sent a message to the people'
    case 'step.changed':
      return `Step ${event.payload.step}: ${event.payload.name}`
    case 'org.created':
    case 'org.contact-policy-changed':
    case 'template.imported':
      return event.type
    default:
      return event satisfies never
  }
}

const waits = {
  child: 'its reports',
  approval: 'an approval',
  input: 'an answer',
  budget: 'more steps',
  retry: 'its next try',
} as const

type Queued = { workspaceId: string; fromWorkspaceId: string | null }

function queuedSentence({ workspaceId: to, fromWorkspaceId }: Queued, workspaceId: string, nameOf: NameOf): string {
  if (fromWorkspaceId === workspaceId) return `Delegated to ${nameOf(to)}`
  return fromWorkspaceId === null ? 'Was given a task' : `Was given a task by ${nameOf(fromWorkspaceId)}`
}

/** The delegation an event belongs to, for the way to its trace. */
export function delegationOf({ payload }: OrgEvent): string | undefined {
  return 'delegationId' in payload ? payload.delegationId : undefined
}
