import { z } from 'zod'

const Host = z.object({ host: z.string().max(255), port: z.int().min(1).max(65_535) })

export const sandboxEvents = [
  z.object({ type: z.literal('sandbox-host.allowed'), payload: Host }),
  z.object({ type: z.literal('sandbox-host.removed'), payload: Host }),
] as const
