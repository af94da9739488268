import { z } from 'zod'
import { OrgId, WorkspaceId } from '../kernel/ids.ts'
import { MicroDollars } from '../kernel/money.ts'

const AliasName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]*$/i,
    'Use letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
  )
  .max(60)
const ModelName = z.string().trim().min(1).max(120)

export const SetAlias = z.object({ orgId: OrgId, name: AliasName, model: ModelName })
export type SetAlias = z.infer<typeof SetAlias>

export const RemoveAlias = z.object({ orgId: OrgId, name: z.string().max(60) })
export type RemoveAlias = z.infer<typeof RemoveAlias>

export const TestModel = z.object({ orgId: OrgId, model: ModelName })
export type TestModel = z.infer<typeof TestModel>

export const ModelTest = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('answered'), words: z.string(), cost: MicroDollars, tookMs: z.int().nonnegative() }),
  z.object({ outcome: z.literal('failed'), words: z.string(), cost: MicroDollars, tookMs: z.int().nonnegative() }),
])
export type ModelTest = z.infer<typeof ModelTest>

export const Alias = z.object({
  name: z.string(),
  model: z.string(),
  /** Ours, which the organisation may overrule. */
  isBuiltIn: z.boolean(),
})
export type Alias = z.infer<typeof Alias>

/** In micro-dollars for a million tokens. */
const Rates = z.object({
  source: z.enum(['override', 'catalogue', 'rehearsal']),
  input: z.int(),
  output: z.int(),
  cacheRead: z.int().nullable(),
  cacheWrite: z.int().nullable(),
})

export const CatalogueModel = z.object({
  /** As a config names it. */
  model: z.string(),
  provider: z.string(),
  contextWindow: z.int().nullable(),
  /** Pictures given with words are sent to it. */
  seesImages: z.boolean(),
  /** Null where nobody knows; then it is not called. */
  price: Rates.nullable(),
  /** Workspaces whose config asks it, first or after another failed. */
  usedBy: z.array(z.object({ id: WorkspaceId, name: z.string() })),
})
export type CatalogueModel = z.infer<typeof CatalogueModel>

export const Catalogue = z.object({
  providers: z.array(
    z.object({
      /** As a model names it. */
      provider: z.string(),
      /** Of the service whose key opens it. */
      service: z.string(),
      label: z.string(),
      /** The key or address the organisation lacks, in words; null where it has all. */
      missing: z.string().nullable(),
      /** The name of the one to set first. */
      missingName: z.string().nullable(),
    }),
  ),
  models: z.array(CatalogueModel),
  aliases: z.array(Alias),
})
export type Catalogue = z.infer<typeof Catalogue>
