import { stringify } from 'yaml'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { configDefaults } from '#shared/workspaces/config-defaults.ts'

export type NamedText = { path: string; text: string }

/** What a new workspace starts with. The name is not in the config: it is kept with the workspace until somebody writes one. */
export function defaultFiles(given: { name: string; role: string; model: string | undefined }): NamedText[] {
  return [
    { path: promptPath, text: defaultPrompt(given.name, given.role) },
    { path: configPath, text: defaultConfig(given.role, given.model ?? configDefaults.model) },
  ]
}

function defaultPrompt(name: string, role: string): string {
  const purpose = role
    ? `Your role: ${role}`
    : 'Your role: say here what you are responsible for, and what you are not.'
  return `You are ${name}.

${purpose}

## How you work

- Do the task you are given; when a part of it belongs to a report of yours, hand it over.
- Say what you did, what you found, and what is still open.
- When something is missing that you need, say so instead of guessing.
`
}

function defaultConfig(role: string, model: string): string {
  return `# What this agent does; shown on its card and to its peers.
${field('role', role)}
# Which model it thinks with: provider:model, or rehearsal.
${field('model', model)}
# How the agent is executed.
${field('runtime', configDefaults.runtime)}
# 1 (least trusted) to 5 (most trusted).
${field('tier', configDefaults.tier)}
# How many delegations may run at once; more wait in a queue.
${field('max_concurrent_tasks', configDefaults.maxConcurrentTasks)}`
}

function field(name: string, value: string | number): string {
  return stringify({ [name]: value }, { lineWidth: 0 })
}
