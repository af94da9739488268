import { z } from 'zod'
import { Position } from '../workspaces/contract.ts'

const Memory = z.object({ content: z.string(), scope: z.enum(['LOCAL', 'TEAM', 'GLOBAL']) })
const EnvGroups = z.array(z.array(z.string()))

/**
 * What a template declared for one workspace, with its fallbacks applied: kept with the workspace, so that a later import
 * knows what the template said last, and for the features that act on it. `${NAME}` stays a reference: values of .env
 * files are never kept here.
 */
export const DeclaredWorkspace = z.object({
  role: z.string(),
  runtime: z.string(),
  model: z.string(),
  /** Asked in this order when the one before failed; absent in what was imported before a list could be given. */
  fallbackModels: z.array(z.string()).default([]),
  tier: z.int(),
  plugins: z.array(z.string()),
  template: z.string().nullable(),
  workspaceDir: z.string().nullable(),
  workspaceAccess: z.enum(['none', 'read_only', 'read_write']),
  /** Run when a person first starts the workspace; never by the import. */
  initialPrompt: z.string(),
  idlePrompt: z.string(),
  idleIntervalSeconds: z.int(),
  categoryRouting: z.record(z.string(), z.array(z.string())),
  initialMemories: z.array(Memory),
  maxConcurrentTasks: z.int(),
  schedules: z.array(
    z.object({
      name: z.string(),
      cron: z.string(),
      timezone: z.string(),
      prompt: z.string(),
      isEnabled: z.boolean(),
    }),
  ),
  channels: z.array(
    z.object({
      type: z.string(),
      config: z.record(z.string(), z.string()),
      allowedUsers: z.array(z.string()),
      isEnabled: z.boolean(),
      /** Names that no .env file beside the template gives; such a channel is not linked. */
      missing: z.array(z.string()),
    }),
  ),
  externalUrl: z.string().nullable(),
  /** Each inner list: one of these keys is enough. */
  requiredEnv: EnvGroups,
  recommendedEnv: EnvGroups,
  canvas: Position.nullable(),
  /** SHA-256 of each file as the template gave it last. */
  files: z.record(z.string(), z.string()),
})
export type DeclaredWorkspace = z.infer<typeof DeclaredWorkspace>

/** The org-wide part, kept once per template. */
export const DeclaredTemplate = z.object({
  description: z.string(),
  requiredEnv: EnvGroups,
  recommendedEnv: EnvGroups,
  globalMemories: z.array(Memory),
  /** The `defaults` block as written. */
  defaults: z.record(z.string(), z.unknown()),
})
export type DeclaredTemplate = z.infer<typeof DeclaredTemplate>
