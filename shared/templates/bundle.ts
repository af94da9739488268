import { z } from 'zod'

/** Names of folders and files are checked where they are unpacked; here only that they are texts. */
const Texts = z.record(z.string().max(400), z.string())

const Skill = z.looseObject({
  id: z.string().min(1).max(120),
  files: Texts.default({}),
})

/**
 * A `.bundle.json`: one workspace with everything below it, as the older systems write it, and what of ours has no place
 * there (`runtime`, `config`, `files`). It holds no secrets and no memory.
 */
export type Bundle = {
  schema?: string | undefined
  id?: string | undefined
  name: string
  description?: string | null | undefined
  tier?: number | null | undefined
  model?: string | null | undefined
  runtime?: string | null | undefined
  system_prompt?: string | null | undefined
  skills?: z.infer<typeof Skill>[] | null | undefined
  prompts?: Record<string, string> | null | undefined
  /** Text of its config.yaml. */
  config?: string | undefined
  /** Its other files. */
  files?: Record<string, string> | undefined
  max_concurrent_tasks?: number | undefined
  canvas?: { x: number; y: number } | undefined
  sub_workspaces?: Bundle[] | null | undefined
}

export const bundleSchema = '1.0'

export const Bundle: z.ZodType<Bundle> = z.looseObject({
  schema: z.string().optional(),
  id: z.string().optional(),
  name: z.string().trim().min(1).max(120),
  description: z.string().nullish(),
  tier: z.number().nullish(),
  model: z.string().nullish(),
  runtime: z.string().nullish(),
  system_prompt: z.string().nullish(),
  skills: z.array(Skill).max(200).nullish(),
  prompts: Texts.nullish(),
  config: z.string().optional(),
  files: Texts.optional(),
  max_concurrent_tasks: z.number().optional(),
  canvas: z.object({ x: z.number(), y: z.number() }).optional(),
  get sub_workspaces(): z.ZodType<Bundle[] | null | undefined> {
    return z.array(Bundle).max(2_000).nullish()
  },
})
