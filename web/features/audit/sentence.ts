import type { OrgEvent } from '#shared/org-event.ts'
import { wordsOfType } from './words.ts'

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
    case 'workspace.paused':
      return 'Paused, with everything below it'
    case 'workspace.resumed':
      return 'Resumed'
    case 'workspace.frozen':
      return 'Frozen: only reading is allowed'
    case 'workspace.unfrozen':
      return 'May change things again'
    case 'workspace.deleted':
      return 'Deleted'
    case 'workspace.restored':
      return 'Brought back'
    case 'file.saved':
      return `Saved ${event.payload.path}, version ${event.payload.version}`
    case 'file.renamed':
      return `Renamed ${event.payload.fromPath} to ${event.payload.path}`
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
    case 'delegation.cancel-asked':
      return 'Was told to end a delegation'
    case 'delegation.reassigned':
      return `Its work was given to ${nameOf(event.payload.toWorkspaceId)}`
    case 'delegation.forked':
      return `Forked a delegation at step ${event.payload.atStep}`
    case 'chain.paused':
      return 'The loop breaker paused a delegation'
    case 'chain.resumed':
      return event.payload.how === 'end' ? 'A paused loop was ended' : 'A paused loop was let go on'
    case 'budget.set':
      return 'A budget was set'
    case 'budget.removed':
      return 'A budget was removed'
    case 'budget.warned':
      return `${event.payload.percent} % of a budget is used`
    case 'model-alias.set':
      return event.payload.model === null
        ? `The name ${event.payload.name} stands for its usual model again`
        : `The name ${event.payload.name} stands for ${event.payload.model} now`
    case 'approval.requested':
      return `Asked for approval of ${event.payload.tool}`
    case 'approval.escalated':
      return 'An approval was passed upwards'
    case 'approval.decided':
      return `An approval was ${event.payload.decision}`
    case 'schedule.created':
      return 'A schedule was created'
    case 'schedule.changed':
      return 'A schedule was changed'
    case 'schedule.deleted':
      return 'A schedule was deleted'
    case 'schedule.fired':
      return 'Was given work by its schedule'
    case 'schedule.skipped':
      return `A schedule was skipped: ${event.payload.reason}`
    case 'memory.remembered':
      return `Remembered something (${event.payload.scope})`
    case 'memory.forgotten':
      return 'Forgot something'
    case 'memory.changed':
      return 'How much a memory matters was changed'
    case 'memory.tidied':
      return `Its memories were tidied: ${event.payload.merged} merged, ${event.payload.faded} faded, ${event.payload.dropped} put away`
    case 'memory.tidying-undone':
      return 'A tidying of its memories was taken back'
    case 'people.notified':
      return `Told people about ${event.payload.category}`
    case 'plan.changed':
      return 'Changed its plan'
    case 'mcp-server.added':
      return `The MCP server ${event.payload.name} was added`
    case 'mcp-server.changed':
      return `The MCP server ${event.payload.name} was changed: ${event.payload.what.join(', ')}`
    case 'mcp-server.removed':
      return `The MCP server ${event.payload.name} was removed`
    case 'mcp-server.restored':
      return `The MCP server ${event.payload.name} was brought back`
    case 'mcp-server.command-approved':
      return `The command of the MCP server ${event.payload.name} was approved`
    case 'mcp-server.tools-approved':
      return `${event.payload.tools} tools of the MCP server ${event.payload.name} were approved`
    case 'mcp-server.tools-seen':
      return seenSentence(event.payload)
    case 'mcp-server.failed':
      return `The MCP server ${event.payload.name} cannot be used: ${event.payload.reason}`
    case 'mcp-server.recovered':
      return `The MCP server ${event.payload.name} answers again`
    case 'sandbox-host.allowed':
      return `Programs of agents may reach ${event.payload.host}:${event.payload.port}`
    case 'sandbox-host.removed':
      return `Programs of agents may no longer reach ${event.payload.host}:${event.payload.port}`
    case 'secret.set':
      return `The secret ${event.payload.name} was set`
    case 'secret.deleted':
      return `The secret ${event.payload.name} was deleted`
    case 'secret.restored':
      return `The secret ${event.payload.name} was brought back`
    case 'agent-token.issued':
      return 'Was given a token for an agent outside'
    case 'agent-token.rotated':
      return 'Its token was rotated'
    case 'agent-token.revoked':
      return 'Its token was revoked'
    case 'agent.called':
      return `Its agent outside called ${event.payload.tool}`
    case 'step.changed':
      return `Step ${event.payload.step}: ${event.payload.name}`
    default:
      return wordsOfType(event.type)
  }
}

type Seen = { name: string; is: 'first' | 'changed' | 'approved'; tools: number }

function seenSentence({ name, is, tools }: Seen): string {
  if (is === 'changed') return `The MCP server ${name} changed its tools, so they stopped`
  if (is === 'approved') return `The MCP server ${name} offers again what was approved`
  return `The MCP server ${name} showed ${tools} tools`
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
  return 'delegationId' in payload ? (payload.delegationId ?? undefined) : undefined
}
