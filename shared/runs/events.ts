import { z } from 'zod'
import { RunId } from '../kernel/ids.ts'

export const runEvents = [
  z.object({ type: z.literal('run.shared'), payload: z.object({ runId: RunId }) }),
  z.object({ type: z.literal('run.deleted'), payload: z.object({ runId: RunId }) }),
] as const
