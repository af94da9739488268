import { z } from 'zod'
import { WorkspaceName } from '../workspaces/contract.ts'

/**
 * The fields of an org.yaml, as the older systems write them. Children are checked one by one (see check-org.ts), so that
 * one bad workspace does not hide the faults of the others. A field given as null counts as absent.
 */
const absentable = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional()

const text = (max: number) =>
  z
    .union([z.string(), z.number(), z.boolean()], { error: 'Give text.' })
    .transform(String)
    .pipe(
      z
        .string()
        .max(max, `Use at most ${max} characters.`)
        .regex(/^[^\0]*$/, 'Use no NUL character.'),
    )

const word = (max: number) =>
  text(max).pipe(
    z
      .string()
      .trim()
      .min(1, 'Give a value, or leave the field out.')
      .regex(/^[^\p{Cc}]*$/u, 'Use no control characters.'),
  )

const yes = new Set(['yes', 'on', 'true'])
const no = new Set(['no', 'off', 'false'])
const flag = z.union([z.boolean(), z.string()], { error: 'Say true or false.' }).transform((value, context) => {
  if (typeof value === 'boolean') return value
  if (yes.has(value.toLowerCase())) return true
  if (no.has(value.toLowerCase())) return false
  context.issues.push({ code: 'custom', message: 'Say true or false.', input: value })
  return z.NEVER
})

const list = <T extends z.ZodType>(item: T, max: number) =>
  z.array(item, { error: 'Give a list.' }).max(max, `Use at most ${max} entries.`)

const maxPromptChars = 1_000_000
const prompt = absentable(text(maxPromptChars))
const fileReference = absentable(text(1_000))

const envName = /^[A-Z][A-Z0-9_]{0,127}$/
const describeBadName = (input: unknown) =>
  `${JSON.stringify(input)} is no name of an environment variable: use capitals, digits and underscores, beginning with a letter.`
const EnvName = z.string().regex(envName, { error: (issue) => describeBadName(issue.input) })
const EnvGroup = z.object({ any_of: list(EnvName, 50).min(1, 'Name at least one variable.') })
const EnvRequirement = z.union([EnvName, EnvGroup], {
  error: 'Name an environment variable, or give {any_of: [NAME, OTHER_NAME]}.',
})
const env = absentable(list(EnvRequirement, 200))

const CategoryRouting = z.record(
  z.string().min(1, 'Name the category.').max(120),
  z
    .array(word(120), { error: 'Give the list of roles for this category, e.g. [Backend Engineer].' })
    .max(100)
    .nullable()
    .transform((roles) => roles ?? []),
  { error: 'Give a mapping from category to a list of roles.' },
)

const Memory = z.object({
  content: text(20_000),
  scope: absentable(
    z
      .string()
      .transform((scope) => scope.toUpperCase())
      .pipe(z.enum(['LOCAL', 'TEAM', 'GLOBAL'], { error: 'Use LOCAL, TEAM or GLOBAL.' })),
  ),
})

const cronField = /^[\dA-Za-z*,/?#-]+$/
export const Schedule = z.object({
  name: word(200),
  cron_expr: word(200).refine(
    (expression) =>
      /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(expression) ||
      (expression.split(/\s+/).length === 5 && expression.split(/\s+/).every((field) => cronField.test(field))),
    'Give five cron fields: minute hour day month weekday.',
  ),
  timezone: absentable(word(80).refine(isTimezone, 'Name a time zone such as UTC or Europe/Berlin.')),
  prompt,
  prompt_file: fileReference,
  enabled: absentable(flag),
})

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export const Channel = z.object({
  type: word(60),
  config: absentable(z.record(z.string().max(120), absentable(text(4_000)), { error: 'Give a mapping of settings.' })),
  allowed_users: absentable(list(text(200), 1_000)),
  enabled: absentable(flag),
})

const tier = absentable(
  z.int({ error: 'Give a whole number from 1 to 5.' }).min(1, 'Use 1 to 5.').max(5, 'Use 1 to 5.'),
)
const seconds = absentable(z.int({ error: 'Give a whole number of seconds.' }).min(0).max(31_536_000))

const shared = {
  runtime: absentable(word(60)),
  tier,
  /** Of a list the first is the model; the others are asked when the one before failed. */
  model: absentable(
    z.union([word(120), list(word(120), 10).min(1, 'Name at least one model.')], { error: 'Name a model, or a list.' }),
  ),
  plugins: absentable(list(text(200), 200)),
  initial_prompt: prompt,
  initial_prompt_file: fileReference,
  idle_prompt: prompt,
  idle_prompt_file: fileReference,
  idle_interval_seconds: seconds,
  category_routing: absentable(CategoryRouting),
  initial_memories: absentable(list(Memory, 200)),
  required_env: env,
}

export const Defaults = z.object(shared)
export type Defaults = z.infer<typeof Defaults>

export const OrgWorkspace = z.object({
  ...shared,
  name: text(1_000).pipe(WorkspaceName),
  role: absentable(text(2_000)),
  template: absentable(word(200)),
  files_dir: fileReference,
  /** Which files of files_dir a workspace gets; an export says `all`. */
  files: absentable(z.enum(['markdown', 'all'], { error: 'Use markdown or all.' })),
  system_prompt: prompt,
  workspace_dir: absentable(text(1_000)),
  workspace_access: absentable(
    z.enum(['none', 'read_only', 'read_write'], { error: 'Use none, read_only or read_write.' }),
  ),
  max_concurrent_tasks: absentable(z.int({ error: 'Give a whole number from 1 to 100.' }).min(1).max(100)),
  schedules: absentable(list(Schedule, 200)),
  channels: absentable(list(Channel, 50)),
  external: absentable(flag),
  url: absentable(
    z.url({ protocol: /^https?$/, error: 'Give an http or https address of the remote agent.' }).max(2_000),
  ),
  canvas: absentable(
    z.object({ x: z.number().min(-1e6).max(1e6), y: z.number().min(-1e6).max(1e6) }, { error: 'Give {x: …, y: …}.' }),
  ),
  recommended_env: env,
})
export type OrgWorkspace = z.infer<typeof OrgWorkspace>

export const OrgHead = z.object({
  name: text(1_000).pipe(z.string().trim().min(1, 'Give the organisation a name.').max(120)),
  description: absentable(text(4_000)),
  required_env: env,
  recommended_env: env,
  global_memories: absentable(list(Memory, 200)),
})
export type OrgHead = z.infer<typeof OrgHead>

export const memoryFields = Object.keys(Memory.shape)
