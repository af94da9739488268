import { z } from 'zod'
import { AnswerForm } from '../models/answer-form.ts'
import { Compaction, Route } from '../models/model-plan.ts'
import { HostName } from '../sandbox/contract.ts'
import { secretName } from '../secrets/limits.ts'
import { WorkspaceName } from './contract.ts'
import { WorkspaceAccess } from './mounts.ts'

const KeyName = z.string().regex(secretName, 'Use capitals, digits and underscores, beginning with a letter.')
const KeyNames = z.array(z.union([KeyName, z.object({ any_of: z.array(KeyName).min(1).max(50) })])).max(200)
const ModelName = z.string().min(1).max(120)
const Tier = z.int().min(1).max(5)

/**
 * What a workspace's config.yaml may say. Fields of the older system's config.yaml are kept and shown (`looseObject`);
 * those we act on are typed here. The editor's completion and the server's check read this one schema.
 */
export const WorkspaceConfig = z
  .looseObject({
    name: WorkspaceName.optional().describe('Name on the org chart. When absent, the name given in the app is used.'),
    description: z.string().max(2_000).optional().describe('What this workspace is for, in a sentence.'),
    role: z.string().max(400).optional().describe('What this agent does; shown on its card and to its peers.'),
    runtime: z
      .string()
      .max(60)
      .optional()
      .describe('How the agent is executed: native, or a runtime declared by a template.'),
    model: z
      .union([ModelName, z.array(ModelName).min(1, 'Name at least one model.').max(10)])
      .optional()
      .describe(
        'provider:model, e.g. anthropic:claude-sonnet-4-5, a short name such as sonnet, or rehearsal. Of a list the first is asked, and the others in their order when the one before failed.',
      ),
    fallback_models: z
      .array(z.string().min(1).max(120))
      .max(9)
      .optional()
      .describe('Models asked in this order when the one before failed; each attempt is recorded and paid by itself.'),
    model_routing: z
      .array(Route)
      .max(20)
      .optional()
      .describe(
        'Rules by which another model is asked: the first whose conditions all hold. Conditions: shorter_than and longer_than (tokens of the conversation), says (words of the task), after_calls.',
      ),
    compaction: Compaction.optional().describe(
      'From at_tokens on, what is long past is told in summary by a cheap model; what fails to be summarised stays as it was.',
    ),
    answer_schema: AnswerForm.optional().describe(
      'A JSON Schema for the final answer. One that does not follow it is asked for again, three times in all.',
    ),
    tier: Tier.optional().describe('1 (least trusted) to 5 (most trusted).'),
    max_concurrent_tasks: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe('How many delegations may run at once; more wait in a queue. Default 1.'),
    max_steps: z
      .int()
      .min(1)
      .max(500)
      .optional()
      .describe('Steps a delegation may take before it asks to go on. Default 25.'),
    max_output_tokens: z
      .int()
      .min(16)
      .max(200_000)
      .optional()
      .describe('The longest answer a model call may give; its price is reserved before the call. Default 4096.'),
    repeat_model_calls: z
      .boolean()
      .optional()
      .describe(
        'False: a model call interrupted by a crash waits for a decision instead of being made again. Default true.',
      ),
    tools: z
      .array(z.string().max(80))
      .max(200)
      .optional()
      .describe(
        'Tools the agent may call beside those it works together with, by name or pattern (*_file). Default: all that stay on this server; web_fetch and run_project only when they are named here.',
      ),
    mcp_servers: z
      .array(z.string().min(1).max(24))
      .max(50)
      .optional()
      .describe(
        'MCP servers this agent may use, by the name they have in Settings, Tools. Without the list: all that were given to it there.',
      ),
    shared_context: z
      .array(z.string().min(1).max(240))
      .max(50)
      .optional()
      .describe('Files, by path or pattern, that the workspaces directly below read as part of their prompt.'),
    workspace_access: WorkspaceAccess.optional().describe(
      'Workspaces whose files the agent may reach, under mounts/: a list of workspace, mount, paths and mode (read_only or read_write). It holds while the org chart lets the two talk.',
    ),
    category_routing: z
      .record(
        z.string().min(1).max(120),
        z
          .array(z.string().min(1).max(120))
          .max(100)
          .nullable()
          .transform((names) => names ?? []),
      )
      .optional()
      .describe(
        'Who is told by notify, by category: roles of people (owner, admin, manager, member, viewer), and names or roles of workspaces. A category here replaces the one of the organisation; [] drops it.',
      ),
    skills: z.array(z.string().max(80)).max(200).optional().describe('Skills loaded into the agent.'),
    network_hosts: z
      .array(HostName)
      .max(50)
      .optional()
      .describe(
        'Hosts that programs of run_project may reach, e.g. packages.example.org:443, of those that an admin allowed for the organisation. Default: none.',
      ),
    required_env: KeyNames.optional().describe(
      'Keys this agent must have, by name; of {any_of: [A, B]} one is enough. Their values are kept as secrets.',
    ),
    recommended_env: KeyNames.optional().describe('Keys this agent can make use of. It gets no others.'),
    plugins: z.array(z.string().max(200)).max(200).optional().describe('Plugins installed into the workspace.'),
  })
  .refine((config) => !isHostFolder(config.workspace_access) || typeof config.workspace_dir === 'string', {
    path: ['workspace_access'],
    message: 'read_only and read_write need a workspace_dir. Write a list of workspaces to reach the files of others.',
  })
export type WorkspaceConfig = z.infer<typeof WorkspaceConfig>

/** The same with one model: of a list the first is the model, the others go before what `fallback_models` names. */
export function withOneModel({ model, ...config }: WorkspaceConfig): KeptConfig {
  if (!Array.isArray(model)) return model === undefined ? config : { ...config, model }
  const [first, ...others] = model
  const fallbacks = [...new Set([...others, ...(config.fallback_models ?? [])])].filter((name) => name !== first)
  const kept = fallbacks.length > 0 ? { ...config, fallback_models: fallbacks.slice(0, 9) } : config
  return first === undefined ? kept : { ...kept, model: first }
}

/** As it is kept and acted upon. */
export type KeptConfig = Omit<WorkspaceConfig, 'model'> & { model?: string }

/** In the words of other systems: a folder of the host. It is kept and never mounted; agents reach no host. */
function isHostFolder(access: WorkspaceAccess | undefined): boolean {
  return access === 'read_only' || access === 'read_write'
}
