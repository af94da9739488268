import {
  ChangeSchedule,
  CreateSchedule,
  ListSchedules,
  OfWorkspace,
  PreviewSchedule,
  ScheduleInput,
} from '#shared/schedules/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { changeSchedule } from './change-schedule.ts'
import { createSchedule } from './create-schedule.ts'
import { deleteSchedule, restoreSchedule } from './delete-schedule.ts'
import { listScheduleRuns, listSchedules } from './list-schedules.ts'
import { previewSchedule } from './preview-schedule.ts'
import { runSchedule } from './run-schedule.ts'
import { disableSchedule, enableSchedule } from './switch-schedule.ts'
import { listDeclared, takeDeclared } from './take-declared.ts'

export const schedulesRouter = router({
  list: orgProcedure.input(ListSchedules).query(({ ctx, input }) => listSchedules(ctx.org, input)),
  runs: orgProcedure.input(ScheduleInput).query(({ ctx, input }) => listScheduleRuns(ctx.org, input.scheduleId)),
  preview: orgProcedure.input(PreviewSchedule).query(({ input }) => previewSchedule(input, new Date())),
  /** What the template declares; taken over by a person, never by the import. */
  declared: orgProcedure.input(OfWorkspace).query(({ ctx, input }) => listDeclared(ctx.org, input.workspaceId)),
  takeDeclared: orgProcedure.input(OfWorkspace).mutation(({ ctx, input }) => takeDeclared(ctx.org, input.workspaceId)),
  create: orgProcedure.input(CreateSchedule).mutation(({ ctx, input }) => createSchedule(ctx.org, input)),
  change: orgProcedure.input(ChangeSchedule).mutation(({ ctx, input }) => changeSchedule(ctx.org, input)),
  enable: orgProcedure.input(ScheduleInput).mutation(({ ctx, input }) => enableSchedule(ctx.org, input.scheduleId)),
  disable: orgProcedure.input(ScheduleInput).mutation(({ ctx, input }) => disableSchedule(ctx.org, input.scheduleId)),
  run: orgProcedure.input(ScheduleInput).mutation(({ ctx, input }) => runSchedule(ctx.org, input.scheduleId)),
  delete: orgProcedure.input(ScheduleInput).mutation(({ ctx, input }) => deleteSchedule(ctx.org, input.scheduleId)),
  restore: orgProcedure.input(ScheduleInput).mutation(({ ctx, input }) => restoreSchedule(ctx.org, input.scheduleId)),
})
