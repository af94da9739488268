import { z } from 'zod'
import { DelegationState, Priority } from '../delegations/contract.ts'
import { maxTaskChars } from '../delegations/limits.ts'
import { DelegationId, OrgId, ScheduleId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { explainCronLine, tidyCronLine } from './cron-line.ts'
import { maxScheduleNameChars } from './limits.ts'
import { isTimeZone } from './time-zone.ts'

const CronLine = z
  .string()
  .max(200, 'Use at most 200 characters.')
  .superRefine((line, context) => {
    const message = explainCronLine(line)
    if (message) context.addIssue({ code: 'custom', message })
  })
  .transform(tidyCronLine)

const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Name a time zone of the IANA data base, for example Europe/Berlin or UTC.')

/** Line ends as one character, and no half of a surrogate pair: what is stored is what every reader sees. */
const TaskText = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, '\n').toWellFormed().trim())
  .pipe(
    z
      .string()
      .min(1, 'Say what is to be done.')
      .max(maxTaskChars, `Use at most ${maxTaskChars} characters.`)
      .regex(/^[^\0]*$/, 'Use no NUL character.'),
  )

const ScheduleName = z
  .string()
  .trim()
  .min(1, 'Give the schedule a name.')
  .max(maxScheduleNameChars, `Use at most ${maxScheduleNameChars} characters.`)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use no control characters.')

const content = {
  name: ScheduleName,
  cron: CronLine,
  timeZone: TimeZone,
  task: TaskText,
  priority: Priority.default('normal'),
}

export const CreateSchedule = z.object({ orgId: OrgId, workspaceId: WorkspaceId, ...content })
export type CreateSchedule = z.infer<typeof CreateSchedule>

/** `version` is the one the person saw; a schedule somebody else saved meanwhile answers conflict. */
export const ChangeSchedule = z.object({
  orgId: OrgId,
  scheduleId: ScheduleId,
  version: z.int().positive(),
  ...content,
})
export type ChangeSchedule = z.infer<typeof ChangeSchedule>

export const ScheduleInput = z.object({ orgId: OrgId, scheduleId: ScheduleId })

/** `workspaceId` absent: the whole org. */
export const ListSchedules = z.object({ orgId: OrgId, workspaceId: WorkspaceId.optional() })
export type ListSchedules = z.infer<typeof ListSchedules>

export const PreviewSchedule = z.object({ orgId: OrgId, cron: CronLine, timeZone: TimeZone })
export type PreviewSchedule = z.infer<typeof PreviewSchedule>

/** Why a planned time passed without work. */
export const SkipCode = z.enum(['overlap', 'paused', 'stopped', 'removed', 'refused', 'double', 'failed'])
export type SkipCode = z.infer<typeof SkipCode>

/** One line of a schedule's history. Skips for the same reason in a row are one line that counts. */
const ScheduleRun = z.object({
  plannedAt: Instant,
  /** The latest of `times` planned times this line stands for. */
  lastAt: Instant,
  times: z.int().positive(),
  outcome: z.enum(['fired', 'skipped']),
  trigger: z.enum(['clock', 'person']),
  /** Who ran it by hand. */
  by: z.string().nullable(),
  code: SkipCode.nullable(),
  reason: z.string().nullable(),
  delegationId: DelegationId.nullable(),
  /** What became of its work, and the beginning of its answer or the reason. */
  state: DelegationState.nullable(),
  result: z.string().nullable(),
  finishedAt: Instant.nullable(),
})
export type ScheduleRun = z.infer<typeof ScheduleRun>

const ScheduleView = z.object({
  id: ScheduleId,
  workspaceId: WorkspaceId,
  name: z.string(),
  cron: z.string(),
  timeZone: z.string(),
  task: z.string(),
  priority: Priority,
  isEnabled: z.boolean(),
  version: z.int().positive(),
  nextRunAt: Instant.nullable(),
  /** The time it should have run at, while it waits for the run before to end. */
  deferredSince: Instant.nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  /** How many of its latest runs failed, one after the other. */
  failuresInARow: z.int().nonnegative(),
  lastRun: ScheduleRun.nullable(),
})
export type ScheduleView = z.infer<typeof ScheduleView>

/** A schedule that the workspace's template declares and nobody has taken over yet. */
const DeclaredSchedule = z.object({
  name: z.string(),
  cron: z.string(),
  timeZone: z.string(),
  isEnabled: z.boolean(),
  /** Why it cannot be taken over as it is. */
  problem: z.string().nullable(),
})
export type DeclaredSchedule = z.infer<typeof DeclaredSchedule>
export const OfWorkspace = z.object({ orgId: OrgId, workspaceId: WorkspaceId })

/** `again`: it had just been started, and this is that run. */
export const StartedRun = z.object({ delegationId: DelegationId, again: z.boolean() })
export type StartedRun = z.infer<typeof StartedRun>
