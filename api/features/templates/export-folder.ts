import { stringify } from 'yaml'
import type { DeclaredWorkspace } from '#shared/templates/declared.ts'
import type { Exported, ExportedWorkspace } from './load-export.ts'

/** The files of a template that gives back what was exported: org.yaml, a folder a workspace, and its rehearsal script. */
export function exportFolder({ name, roots, rehearsal }: Exported): { path: string; text: string }[] {
  const files: { path: string; text: string }[] = []
  const taken = new Set<string>()
  const layOut = (workspace: ExportedWorkspace): Record<string, unknown> => {
    const dir = folderName(workspace.name, taken)
    for (const { path, text } of workspace.files) files.push({ path: `${dir}/${path}`, text })
    return {
      ...{ name: workspace.name, ...(workspace.role && { role: workspace.role }), files_dir: dir, files: 'all' },
      ...fieldsOf(workspace),
      ...(workspace.children.length > 0 && { children: workspace.children.map(layOut) }),
    }
  }
  const workspaces = roots.map(layOut)
  const org = stringify({ name, workspaces }, { lineWidth: 100 })
  return [
    {
      path: 'org.yaml',
      text: `# Exported. Import this folder again, here or elsewhere, to get the same organisation.\n${org}`,
    },
    ...(rehearsal ? [{ path: 'rehearsal.yaml', text: rehearsal }] : []),
    ...files,
  ]
}

/** What config.yaml does not say, but a template does. */
function fieldsOf({ position, declared, config }: ExportedWorkspace): Record<string, unknown> {
  return {
    ...known(config, ['runtime', 'model', 'tier', 'max_concurrent_tasks']),
    ...(position && { canvas: position }),
    ...(declared && declaredFields(declared)),
  }
}

function declaredFields(declared: DeclaredWorkspace): Record<string, unknown> {
  const { schedules, channels, externalUrl } = declared
  return withoutEmpty({
    template: declared.template,
    workspace_dir: declared.workspaceDir,
    workspace_access: declared.workspaceAccess === 'none' ? null : declared.workspaceAccess,
    initial_prompt: declared.initialPrompt,
    idle_prompt: declared.idlePrompt,
    idle_interval_seconds: declared.idlePrompt ? declared.idleIntervalSeconds : null,
    plugins: declared.plugins,
    category_routing: declared.categoryRouting,
    initial_memories: declared.initialMemories,
    required_env: declared.requiredEnv.map(asRequirement),
    recommended_env: declared.recommendedEnv.map(asRequirement),
    external: externalUrl === null ? null : true,
    url: externalUrl,
    schedules: schedules.map(({ name, cron, timezone, prompt, isEnabled }) => ({
      ...{ name, cron_expr: cron, timezone, prompt, enabled: isEnabled },
    })),
    channels: channels.map(({ type, config, allowedUsers, isEnabled }) => ({
      ...{ type, config, allowed_users: allowedUsers, enabled: isEnabled },
    })),
  })
}

function asRequirement(names: readonly string[]) {
  return names.length === 1 ? names[0] : { any_of: names }
}

function known(config: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.flatMap((field) => (config[field] === undefined ? [] : [[field, config[field]]])))
}

function withoutEmpty(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** A readable name no other workspace has. */
function folderName(name: string, taken: Set<string>): string {
  const plain =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'workspace'
  let free = plain
  for (let number = 2; taken.has(free); number++) free = `${plain}-${number}`
  taken.add(free)
  return free
}
