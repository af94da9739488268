import type { LiveBeginning } from '#shared/delegations/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { followActs } from '../features/acts/index.ts'
import { followAccess, followApprovals } from '../features/approvals/index.ts'
import { followAudit } from '../features/audit/index.ts'
import { followBudgets } from '../features/budgets/index.ts'
import { followChat } from '../features/chat/index.ts'
import { followLoops, followWork, hearWords, liveStore } from '../features/delegations/index.ts'
import { hearAside, hearSaved, hearStream } from '../features/drafts/index.ts'
import { followFiles } from '../features/files/index.ts'
import { followMcp } from '../features/mcp/index.ts'
import { followMemory } from '../features/memory/index.ts'
import { followConnection, followNotices, forgetConnection, tellNotice } from '../features/notices/index.ts'
import { followGuide } from '../features/onboarding/index.ts'
import { isPastNow, isShownNow } from '../features/past/index.ts'
import { followPeople } from '../features/people/cache.ts'
import { followRuns } from '../features/sandbox/history/follow-runs.ts'
import { followSandbox } from '../features/sandbox/server/follow-sandbox.ts'
import { followSchedules } from '../features/schedules/index.ts'
import { followSecrets } from '../features/secrets/index.ts'
import { followSnapshots } from '../features/snapshots/index.ts'
import { followWorkspaces, workspacesQuery } from '../features/workspaces/index.ts'
import { openLive, type StreamState } from '../kernel/live.ts'
import { queryClient, trpc } from '../kernel/trpc.ts'

type Listener = {
  orgId: OrgId
  work: LiveBeginning
  /** The event both the chart and the work are true at. */
  shownAt: number
  onState: (state: StreamState) => void
}

/** Shows the work there is, then hears every later event once and in order, until the function given back is called. */
export function listen({ orgId, work, shownAt, onState }: Listener): () => void {
  liveStore.load(orgId, work)
  const hearState = (next: StreamState) => {
    onState(next)
    if (next === 'live') void queryClient.readMissed()
    followConnection(orgId, next)
    hearStream(next)
  }
  // Lists beside the two were read a moment before or after them: what happened about then is heard for their sake.
  const after = Math.min(shownAt, work.settledSeq)
  let heard = shownAt
  const onEvent = (event: OrgEvent) => {
    if (event.seq <= shownAt) return readAgain(event)
    heard = event.seq
    hear(event)
  }
  const end = openLive({ orgId, after, onEvent, onWords: hearWords, onAside: hearAside, onState: hearState })
  return () => {
    end()
    forgetConnection()
    if (!isPastNow()) chartKnows(orgId, heard)
  }
}

/** Whoever comes back hears what happened since, and not the whole day anew. */
function chartKnows(orgId: OrgId, seq: number): void {
  queryClient.setQueryData(workspacesQuery(orgId).queryKey, (list) => list && { ...list, seq: Math.max(list.seq, seq) })
}

function hear(event: OrgEvent): void {
  if (isShownNow(event)) {
    liveStore.apply(event)
    if (changesChart(event)) followWorkspaces(event)
  }
  if (event.type === 'file.saved' || event.type === 'file.renamed' || event.type === 'file.deleted') {
    hearSaved(event.payload)
  }
  tellNotice(event)
  followGuide(event)
  readAgain(event)
}

function changesChart({ type }: OrgEvent): boolean {
  return /^(workspace|file|secrets?)\.|^org\.(stopped|started|rehearsal-switched|frozen|unfrozen)$|^template\./.test(
    type,
  )
}

/** Each event has the lists it concerns read again; one that nobody hears is a type error. */
function readAgain(event: OrgEvent): void {
  followActs(event)
  followAccess(event)
  followAudit(event)
  followBudgets(event)
  followChat(event)
  followLoops(event)
  followNotices(event)
  followSchedules(event)
  followSecrets(event)
  switch (event.type) {
    case 'workspace.created':
    case 'workspace.renamed':
    case 'workspace.moved':
    case 'workspace.placed':
    case 'workspace.status-changed':
    case 'workspace.paused':
    case 'workspace.resumed':
    case 'workspace.frozen':
    case 'workspace.unfrozen':
    case 'workspace.deleted':
    case 'workspace.restored':
      return
    case 'file.saved':
    case 'file.renamed':
    case 'file.deleted':
      followFiles(event)
      return
    case 'delegation.queued':
    case 'delegation.started':
    case 'delegation.waiting':
    case 'delegation.resumed':
    case 'delegation.lost':
    case 'delegation.completed':
    case 'delegation.failed':
    case 'delegation.cancelled':
    case 'delegation.cancel-asked':
    case 'step.changed':
    case 'message.sent':
    case 'delegation.reassigned':
    case 'delegation.forked':
    case 'chain.paused':
    case 'chain.resumed':
      followWork()
      return
    case 'org.created':
    case 'org.renamed':
    case 'org.contact-policy-changed':
      void queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
      return
    case 'org.deleted':
    case 'member.invited':
    case 'member.invitation-revoked':
    case 'member.joined':
    case 'member.role-changed':
    case 'member.removed':
    case 'member.left':
      followPeople(event)
      return
    case 'org.stopped':
    case 'org.started':
    case 'org.rehearsal-switched':
    case 'org.frozen':
    case 'org.unfrozen':
    case 'template.imported':
      void queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
      return
    case 'budget.set':
    case 'budget.removed':
    case 'budget.warned':
    case 'price.set':
      return
    case 'model-alias.set':
      void queryClient.invalidateQueries({ queryKey: trpc.models.pathKey() })
      return
    case 'approval.requested':
    case 'approval.escalated':
    case 'approval.decided':
    case 'approval.rules-changed':
      followApprovals(event)
      return
    case 'schedule.created':
    case 'schedule.changed':
    case 'schedule.deleted':
    case 'schedule.fired':
    case 'schedule.skipped':
      return
    case 'memory.remembered':
    case 'memory.forgotten':
    case 'memory.changed':
    case 'memory.tidied':
    case 'memory.tidying-undone':
    case 'plan.changed':
      followMemory(event)
      return
    case 'people.notified':
      return
    case 'notify.routes-changed':
      void queryClient.invalidateQueries({ queryKey: trpc.notify.pathKey() })
      return
    case 'key.created':
    case 'key.revoked':
    case 'agent-token.issued':
    case 'agent-token.rotated':
    case 'agent-token.revoked':
      void queryClient.invalidateQueries({ queryKey: trpc.keys.pathKey() })
      return
    case 'audit.exported':
    case 'audit.retention-changed':
    case 'audit.dropped':
    case 'access.refused':
      return
    case 'agent.called':
      return
    case 'mcp-server.added':
    case 'mcp-server.changed':
    case 'mcp-server.removed':
    case 'mcp-server.restored':
    case 'mcp-server.command-approved':
    case 'mcp-server.tools-approved':
    case 'mcp-server.tools-seen':
    case 'mcp-server.failed':
    case 'mcp-server.recovered':
      followMcp()
      return
    case 'sandbox-host.allowed':
    case 'sandbox-host.removed':
      followSandbox()
      return
    case 'run.shared':
    case 'run.deleted':
      followRuns()
      return
    case 'snapshot.taken':
    case 'snapshot.deleted':
    case 'snapshot.restored':
      followSnapshots()
      return
    case 'secret.set':
    case 'secret.deleted':
    case 'secret.restored':
    case 'secrets.rewrapped':
    case 'secrets.rotation-started':
      void queryClient.invalidateQueries({ queryKey: trpc.models.pathKey() })
      return
    default:
      event satisfies never
  }
}
