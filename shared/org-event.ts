import { z } from 'zod'
import { approvalEvents } from './approvals/events.ts'
import { auditEvents } from './audit/events.ts'
import { budgetEvents } from './budgets/events.ts'
import { delegationEvents } from './delegations/events.ts'
import { fileEvents } from './files/events.ts'
import { EventId, KeyId, OrgId, UserId, WorkspaceId } from './kernel/ids.ts'
import { Instant } from './kernel/time.ts'
import { keyEvents } from './keys/events.ts'
import { mcpEvents } from './mcp/events.ts'
import { memoryEvents } from './memory/events.ts'
import { modelEvents } from './models/events.ts'
import { notifyEvents } from './notify/events.ts'
import { orgEvents } from './orgs/events.ts'
import { runEvents } from './runs/events.ts'
import { sandboxEvents } from './sandbox/events.ts'
import { scheduleEvents } from './schedules/events.ts'
import { secretEvents } from './secrets/events.ts'
import { snapshotEvents } from './snapshots/events.ts'
import { templateEvents } from './templates/events.ts'
import { workspaceEvents } from './workspaces/events.ts'

/** Who made it happen. */
export const EventActor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: UserId }),
  z.object({ kind: z.literal('key'), id: KeyId }),
  z.object({ kind: z.literal('workspace'), id: WorkspaceId }),
  z.object({ kind: z.literal('system'), id: z.string() }),
])
export type EventActor = z.infer<typeof EventActor>

/** Everything that may happen in an org: one line a feature. */
export const OrgFact = z.discriminatedUnion('type', [
  ...orgEvents,
  ...workspaceEvents,
  ...fileEvents,
  ...delegationEvents,
  ...templateEvents,
  ...budgetEvents,
  ...modelEvents,
  ...approvalEvents,
  ...scheduleEvents,
  ...mcpEvents,
  ...sandboxEvents,
  ...memoryEvents,
  ...notifyEvents,
  ...keyEvents,
  ...runEvents,
  ...snapshotEvents,
  ...auditEvents,
  ...secretEvents,
])
export type OrgFact = z.infer<typeof OrgFact>

const Envelope = z.object({
  /** UUIDv7, given at emission. */
  id: EventId,
  orgId: OrgId,
  /** Place in the org's order: 1, 2, 3, … without gaps. */
  seq: z.int().positive(),
  /** Version of the payload's schema. */
  version: z.literal(1),
  at: Instant,
  actor: EventActor,
  /** The causal chain: id of what started it all, and how many hands it went through. */
  chain: z.object({ id: z.uuid(), depth: z.int().nonnegative() }),
})

/** An event as it travels: ids, states and numbers, at most 8 KB; contents are fetched under policy. */
export const OrgEvent = z.intersection(Envelope, OrgFact)
export type OrgEvent = z.infer<typeof OrgEvent>
export type OrgEventOf<T extends OrgFact['type']> = Extract<OrgEvent, { type: T }>
