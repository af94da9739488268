import { z } from 'zod'
import { DelegationId, ScheduleId, WorkspaceId } from '../kernel/ids.ts'

const of = { scheduleId: ScheduleId, workspaceId: WorkspaceId }

export const scheduleEvents = [
  z.object({ type: z.literal('schedule.created'), payload: z.object(of) }),
  z.object({ type: z.literal('schedule.changed'), payload: z.object(of) }),
  z.object({ type: z.literal('schedule.deleted'), payload: z.object(of) }),
  z.object({ type: z.literal('schedule.fired'), payload: z.object({ ...of, delegationId: DelegationId }) }),
  z.object({ type: z.literal('schedule.skipped'), payload: z.object({ ...of, reason: z.string().max(400) }) }),
] as const
