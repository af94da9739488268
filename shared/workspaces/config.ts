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
    name: unsaid(WorkspaceName).describe('Name on the org chart. When absent, the name given in the app is used.'),
    description: unsaid(z.string().max(2_000)).describe('What this workspace is for, in a sentence.'),
    role: unsaid(z.string().max(400)).describe('What this agent does; shown on its card and to its peers.'),
    runtime: unsaid(z.string().max(60)).describe(
      'How the agent is executed: native, or a runtime declared by a template.',
    ),
    model: unsaid(z.union([ModelName, z.array(ModelName).min(1, 'Name at least one model.').max(10)])).describe(
      'provider:model, e.g. anthropic:claude-sonnet-4-5, a short name such as sonnet, or rehearsal. Of a list the first is asked, and the others in their order when the one before failed.',
    ),
    fallback_models: unsaid(z.array(z.string().min(1).max(120)).max(9)).describe(
      'Models asked in this order when the one before failed; each attempt is recorded and paid by itself.',
    ),
    model_routing: unsaid(z.array(Route).max(20)).describe(
      'Rules by which another model is asked: the first whose conditions all hold. Conditions: shorter_than and longer_than (tokens of the conversation), says (words of the task), after_calls.',
    ),
    compaction: unsaid(Compaction).describe(
      'From at_tokens on, what is long past is told in summary by a cheap model; what fails to be summarised stays as it was.',
    ),
    answer_schema: unsaid(AnswerForm).describe(
      'A JSON Schema for the final answer. One that does not follow it is asked for again, three times in all.',
    ),
    tier: unsaid(Tier).describe('1 (least trusted) to 5 (most trusted).'),
    max_concurrent_tasks: unsaid(z.int().min(1).max(100)).describe(
      'How many delegations may run at once; more wait in a queue. Default 1.',
    ),
    max_steps: unsaid(z.int().min(1).max(500)).describe(
      'Steps a delegation may take before it asks to go on. Default 25.',
    ),
    max_output_tokens: unsaid(z.int().min(16).max(200_000)).describe(
      'The longest answer a model call may give; its price is reserved before the call. Default 4096.',
    ),
    repeat_model_calls: unsaid(z.boolean()).describe(
      'False: a model call interrupted by a crash waits for a decision instead of being made again. Default true.',
    ),
    tools: granted(z.string().max(80), 200).describe(
      'Tools the agent may call beside those it works together with, by name or pattern (*_file). Default: all that stay on this server; web_fetch and run_project only when they are named here.',
    ),
    mcp_servers: granted(z.string().min(1).max(24), 50).describe(
      'MCP servers this agent may use, by the name they have in Settings, Tools. Without the list: all that were given to it there.',
    ),
    shared_context: unsaid(z.array(z.string().min(1).max(240)).max(50)).describe(
      'Files, by path or pattern, that the workspaces directly below read as part of their prompt.',
    ),
    workspace_access: unsaid(WorkspaceAccess).describe(
      'Workspaces whose files the agent may reach, under mounts/: a list of workspace, mount, paths and mode (read_only or read_write). It holds while the org chart lets the two talk.',
    ),
    category_routing: unsaid(
      z.record(
        z.string().min(1).max(120),
        z
          .array(z.string().min(1).max(120))
          .max(100)
          .nullable()
          .transform((names) => names ?? []),
      ),
    ).describe(
      'Who is told by notify, by category: roles of people (owner, admin, manager, member, viewer), and names or roles of workspaces. A category here replaces the one of the organisation; [] drops it.',
    ),
    skills: unsaid(z.array(z.string().max(80)).max(200)).describe('Skills loaded into the agent.'),
    network_hosts: unsaid(z.array(HostName).max(50)).describe(
      'Hosts that programs of run_project may reach, e.g. packages.example.org:443, of those that an admin allowed for the organisation. Default: none.',
    ),
    required_env: unsaid(KeyNames).describe(
      'Keys this agent must have, by name; of {any_of: [A, B]} one is enough. Their values are kept as secrets.',
    ),
    recommended_env: unsaid(KeyNames).describe('Keys this agent can make use of. It gets no others.'),
    plugins: unsaid(z.array(z.string().max(200)).max(200)).describe('Plugins installed into the workspace.'),
  })
  .refine((config) => !isHostFolder(config.workspace_access) || typeof config.workspace_dir === 'string', {
    path: ['workspace_access'],
    message: 'read_only and read_write need a workspace_dir. Write a list of workspaces to reach the files of others.',
  })
export type WorkspaceConfig = z.infer<typeof WorkspaceConfig>

/** A field with nothing in it (`role:`) says as much as one that is not there: its line and its comment may stay. */
function unsaid<T extends z.ZodType>(field: T) {
  return field
    .nullable()
    .transform((value) => value ?? undefined)
    .optional()
}

/** A list whose absence grants all: with nothing in it, as where each line was made a comment, it may mean none. */
function granted(item: z.ZodString, most: number) {
  const error = ({ input }: { input: unknown }) =>
    input === null ? 'Write [] for none, or take the line out for all.' : undefined
  return z.array(item, { error }).max(most).optional()
}

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
