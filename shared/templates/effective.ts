import type { CheckedWorkspace } from './check-org.ts'
import type { DeclaredWorkspace } from './declared.ts'
import { mergeEnvGroups } from './env-groups.ts'
import { mergePlugins, mergeRouting } from './merge-defaults.ts'
import type { Defaults, OrgHead, OrgWorkspace } from './org-yaml.ts'
import { referencesIn } from './references.ts'

/** The texts that `*_file` fields point to, by field; the reader has them from disk. */
export type PromptFiles = {
  initialPrompt?: string
  idlePrompt?: string
  /** In the order of the schedules; undefined where a schedule gives its prompt inline or not at all. */
  schedules?: readonly (string | undefined)[]
}

type WorkspaceSources = { workspace: CheckedWorkspace; prompts: PromptFiles; envNames: ReadonlySet<string> }
export type OrgSources = { head: OrgHead; defaults: Defaults; defaultPrompts: PromptFiles }

/** Everything a workspace will have: its own values over the org's defaults over the fallbacks. */
export function effectiveWorkspace(org: OrgSources, sources: WorkspaceSources): Omit<DeclaredWorkspace, 'files'> {
  const { defaults } = org
  const { fields } = sources.workspace
  const runtime = fields.runtime ?? defaults.runtime ?? (fields.external ? 'external' : 'langgraph')
  const env = mergeEnvGroups(
    [org.head.required_env, defaults.required_env, fields.required_env],
    [org.head.recommended_env, fields.recommended_env],
  )
  const [model, ...fallbackModels] = [fields.model ?? defaults.model ?? []].flat()
  return {
    role: oneLine(fields.role ?? ''),
    runtime,
    model: model ?? (runtime === 'claude-code' ? 'sonnet' : 'anthropic:claude-opus-4-7'),
    fallbackModels,
    tier: fields.tier ?? defaults.tier ?? 2,
    plugins: mergePlugins(defaults.plugins, fields.plugins),
    template: fields.template ?? null,
    workspaceDir: fields.workspace_dir?.trim() || null,
    workspaceAccess: fields.workspace_access ?? 'none',
    initialPrompt: firstPrompt(
      [fields.initial_prompt, sources.prompts.initialPrompt],
      [defaults.initial_prompt, org.defaultPrompts.initialPrompt],
    ),
    idlePrompt: firstPrompt(
      [fields.idle_prompt, sources.prompts.idlePrompt],
      [defaults.idle_prompt, org.defaultPrompts.idlePrompt],
    ),
    idleIntervalSeconds: fields.idle_interval_seconds || defaults.idle_interval_seconds || 600,
    categoryRouting: mergeRouting(defaults.category_routing, fields.category_routing),
    initialMemories: (fields.initial_memories ?? defaults.initial_memories ?? []).map((memory) => ({
      content: memory.content,
      scope: memory.scope ?? 'LOCAL',
    })),
    maxConcurrentTasks: fields.max_concurrent_tasks ?? 1,
    schedules: (fields.schedules ?? []).map((schedule, index) => ({
      name: schedule.name,
      cron: schedule.cron_expr,
      timezone: schedule.timezone ?? 'UTC',
      prompt: schedule.prompt || cleanPrompt(sources.prompts.schedules?.[index]),
      isEnabled: schedule.enabled ?? true,
    })),
    channels: channelsOf(fields, sources.envNames),
    externalUrl: fields.external ? (fields.url ?? null) : null,
    requiredEnv: env.required.map((group) => [...group]),
    recommendedEnv: env.recommended.map((group) => [...group]),
    canvas: fields.canvas ?? null,
  }
}

function channelsOf(fields: OrgWorkspace, known: ReadonlySet<string>): DeclaredWorkspace['channels'] {
  return (fields.channels ?? []).map((channel) => {
    const config: Record<string, string> = {}
    for (const [key, value] of Object.entries(channel.config ?? {})) config[key] = value ?? ''
    const names = Object.values(config).flatMap(referencesIn)
    return {
      type: channel.type,
      config,
      allowedUsers: channel.allowed_users ?? [],
      isEnabled: channel.enabled ?? true,
      missing: [...new Set(names)].filter((name) => !known.has(name)),
    }
  })
}

/** Inline wins over the file, the workspace over the defaults; an empty text counts as none. */
function firstPrompt(...levels: (readonly [string | undefined, string | undefined])[]): string {
  for (const [inline, fromFile] of levels) {
    if (inline) return cleanPrompt(inline)
    if (fromFile) return cleanPrompt(fromFile)
  }
  return ''
}

function cleanPrompt(text: string | undefined): string {
  return (text ?? '').replaceAll('\r\n', '\n')
}

function oneLine(role: string): string {
  return role.trim().replace(/\s+/g, ' ')
}
