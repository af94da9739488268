import { Document, isMap, isScalar } from 'yaml'
import type { DeclaredWorkspace } from '#shared/templates/declared.ts'

const maxRoleChars = 400

/**
 * The config.yaml of a workspace whose template brings none: what is in force, readable, each section with a remark. The
 * runtime is written as declared. The same values always give the same text.
 */
export function renderConfig(declared: Omit<DeclaredWorkspace, 'files'>): string {
  const document = new Document(fieldsOf(declared))
  const remarks: Readonly<Record<string, string>> = {
    role: ' What this agent does; shown on its card and to its peers.',
    runtime: ' How the agent is executed, and with which model.',
    tier: ' 1 (least trusted) to 5 (most trusted).',
    max_concurrent_tasks: ' How many delegations may run at once; more wait in a queue.',
    plugins: " In force: the defaults of the org and this workspace's own.",
    category_routing: ' Who gets a report of which category.',
    env: ' Keys this agent needs; their values are kept as secrets, never here.',
  }
  for (const pair of isMap(document.contents) ? document.contents.items : []) addRemark(pair.key, remarks)
  return `# Made from the org template. Edit freely: a later import keeps your changes.\n${document.toString({ lineWidth: 100 })}`
}

function addRemark(key: unknown, remarks: Readonly<Record<string, string>>): void {
  if (!isScalar(key)) return
  const remark = remarks[String(key.value)]
  if (!remark) return
  key.commentBefore = remark
  key.spaceBefore = true
}

function fieldsOf(declared: Omit<DeclaredWorkspace, 'files'>): Record<string, unknown> {
  const { role } = declared
  const shortRole = role.length > maxRoleChars ? `${role.slice(0, maxRoleChars - 1)}…` : role
  return {
    ...(role && { role: shortRole }),
    ...(shortRole !== role && { description: role }),
    runtime: declared.runtime,
    model: declared.model,
    ...(declared.fallbackModels.length > 0 && { fallback_models: declared.fallbackModels }),
    tier: declared.tier,
    max_concurrent_tasks: declared.maxConcurrentTasks,
    ...(declared.plugins.length > 0 && { plugins: declared.plugins }),
    ...(Object.keys(declared.categoryRouting).length > 0 && { category_routing: declared.categoryRouting }),
    ...(declared.requiredEnv.length + declared.recommendedEnv.length > 0 && {
      env: { required: groups(declared.requiredEnv), optional: groups(declared.recommendedEnv) },
    }),
  }
}

function groups(env: readonly (readonly string[])[]): unknown[] {
  return env.map((names) => (names.length === 1 ? names[0] : { any_of: names }))
}
