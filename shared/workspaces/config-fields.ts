/**
 * When a changed field counts. `at-once`: for work in flight too. `next-work`: for everything that begins from now on;
 * what has begun keeps what it began with until it is restarted. `import`: read when a template is imported, never after.
 */
export type FieldEffect = 'at-once' | 'next-work' | 'import'

/** How a field is edited in the form; a `structure` only as text. */
export type FieldShape = 'line' | 'paragraph' | 'model' | 'number' | 'yes-no' | 'names' | 'keys' | 'structure'

export type ConfigField = { name: string; label: string; effect: FieldEffect; shape: FieldShape; section: string }

/** Every field we act on, in the order of the form. Apart from the schema, so that a page can read it without zod. */
export const configFields: readonly ConfigField[] = [
  field('name', 'Name', 'at-once', 'line', 'Identity'),
  field('role', 'Role', 'next-work', 'paragraph', 'Identity'),
  field('description', 'Description', 'at-once', 'paragraph', 'Identity'),
  field('model', 'Model', 'next-work', 'model', 'Thinking'),
  field('fallback_models', 'Models asked when it fails', 'next-work', 'names', 'Thinking'),
  field('model_routing', 'Rules for other models', 'next-work', 'structure', 'Thinking'),
  field('compaction', 'Summaries of long work', 'next-work', 'structure', 'Thinking'),
  field('answer_schema', 'Form of the final answer', 'next-work', 'structure', 'Thinking'),
  field('max_output_tokens', 'Longest answer, in tokens', 'next-work', 'number', 'Thinking'),
  field('max_steps', 'Steps before it asks to go on', 'next-work', 'number', 'Thinking'),
  field('repeat_model_calls', 'Repeat a model call that a crash interrupted', 'next-work', 'yes-no', 'Thinking'),
  field('runtime', 'Runtime', 'next-work', 'line', 'Work'),
  field('tier', 'Tier', 'at-once', 'number', 'Work'),
  field('max_concurrent_tasks', 'Delegations at once', 'at-once', 'number', 'Work'),
  field('tools', 'Tools', 'next-work', 'names', 'Abilities'),
  field('mcp_servers', 'MCP servers', 'next-work', 'names', 'Abilities'),
  field('shared_context', 'Files shared with those below', 'next-work', 'names', 'Abilities'),
  field('workspace_access', 'Files of other workspaces', 'at-once', 'structure', 'Abilities'),
  field('category_routing', 'Who is told, by category', 'at-once', 'structure', 'Abilities'),
  field('network_hosts', 'Hosts its programs may reach', 'at-once', 'names', 'Abilities'),
  field('skills', 'Skills', 'next-work', 'names', 'Abilities'),
  field('plugins', 'Plugins', 'next-work', 'names', 'Abilities'),
  field('required_env', 'Keys it must have', 'at-once', 'keys', 'Keys'),
  field('recommended_env', 'Keys it can make use of', 'at-once', 'keys', 'Keys'),
]

/** Fields of imported configs that we keep as they are. */
const importedFields: Readonly<Record<string, FieldEffect>> = {
  delegation: 'next-work',
  a2a: 'import',
  sub_workspaces: 'import',
}

/** Lists without which all is granted. Emptied they mean none, and say so. */
export const grantingLists: ReadonlySet<string> = new Set(['tools', 'mcp_servers'])

export function effectOf(name: string): FieldEffect {
  return configFields.find((known) => known.name === name)?.effect ?? importedFields[name] ?? 'import'
}

/** The table in words, for hover texts and the form. */
export function effectWords(effect: FieldEffect): string {
  switch (effect) {
    case 'at-once':
      return 'Applies at once, to work in flight too.'
    case 'next-work':
      return 'Applies to the next delegation; work in flight keeps the value it began with until it is restarted.'
    case 'import':
      return 'Kept as it is; only an import reads it.'
    default:
      return effect satisfies never
  }
}

/** Which top fields two configs differ in, in the order of their names. */
function changedFields(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).toSorted()
}

/** Of a change of config, the fields that work in flight does not take up: with none of them nothing needs a restart. */
export function fieldsNeedingRestart(
  begunWith: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): string[] {
  return changedFields(begunWith, now).filter((name) => effectOf(name) === 'next-work')
}

function field(name: string, label: string, effect: FieldEffect, shape: FieldShape, section: string): ConfigField {
  return { name, label, effect, shape, section }
}
