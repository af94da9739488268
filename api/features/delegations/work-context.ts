import { filledPrompt } from '#shared/delegations/filled-prompt.ts'
import type { Peer, RecordedStep, WorkContext } from '#shared/delegations/journal.ts'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { ContactPolicy } from '#shared/orgs/contract.ts'
import { allowedTools } from '#shared/workspaces/allowed-tools.ts'
import { type Contact, canCommunicate, explainContact } from '#shared/workspaces/can-communicate.ts'
import type { Reader } from '../../kernel/db.ts'
import { isRehearsed } from '../../models/registry.ts'
import { readConfig, readHead } from '../files/index.ts'
import { readGivenTools } from '../mcp/index.ts'
import { readPlan } from '../models/index.ts'
import { loadChart, type OrgChart, readSharedContext, requireWorkspace } from '../workspaces/index.ts'
import { readOrgRules, readRehearsalParts } from './context-store.ts'

type Asked = { workspaceId: WorkspaceId; requesterName: string; tools: readonly string[] }

/** Reads what the agent will know of its organisation, as the step that records it; what cannot be read is recorded too. */
export async function recordContext(
  reader: Reader,
  { step, ...asked }: Asked & { step: number },
): Promise<RecordedStep> {
  const recorded = {
    step,
    kind: 'context',
    name: 'context',
    askedBy: null,
    call: null,
    childId: null,
    approvalId: null,
    input: {},
  } as const
  try {
    const output = await readContext(reader, asked)
    return { ...recorded, state: 'done', output, error: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...recorded, state: 'failed', output: null, error: error.message }
  }
}

async function readContext(reader: Reader, { workspaceId: id, requesterName, tools }: Asked): Promise<WorkContext> {
  const [workspace, rules, prompt, config, chart, shared, settings] = await Promise.all([
    requireWorkspace(reader, id),
    readOrgRules(reader),
    readHead(reader, id, promptPath),
    readHead(reader, id, configPath),
    loadChart(reader),
    readSharedContext(reader, id),
    readConfig(reader, id),
  ])
  const { contactPolicy, isRehearsal } = rules
  const { name, role, maxSteps, maxOutputTokens, repeatsModelCalls } = workspace
  const { model, plan } = await readPlan(reader, id, workspace.model)
  const rehearses = isRehearsed(model, isRehearsal)
  const mcp = await readGivenTools(reader, id, settings)
  const known = { workspace: { id, name, role }, requesterName, peers: peersIn(chart, id, contactPolicy) }
  return {
    ...known,
    prompt: { text: filledPrompt(prompt?.text ?? '', known), version: prompt?.version ?? 0 },
    configVersion: config?.version ?? 0,
    model,
    ...(plan && { plan }),
    isRehearsal: rehearses,
    contactPolicy,
    tools: [...allowedTools(tools, settings?.tools), ...mcp.map((tool) => tool.name)],
    ...(mcp.length > 0 && { mcp }),
    ...(shared.length > 0 && { shared }),
    showsPlan: true,
    maxSteps,
    maxOutputTokens,
    repeatsModelCalls,
    rehearsal: rehearses ? await readRehearsalParts(reader, id, name) : [],
  }
}

/** Whom the org chart lets a workspace talk to, by name. */
export async function listPeers(reader: Reader, from: WorkspaceId): Promise<Peer[]> {
  const [{ contactPolicy }, chart] = await Promise.all([readOrgRules(reader), loadChart(reader)])
  return peersIn(chart, from, contactPolicy)
}

/** May `from` talk to `to`? With the reason in words, which need the names of both. */
export async function checkContact(
  reader: Reader,
  from: WorkspaceId,
  to: WorkspaceId,
): Promise<{ contact: Contact; why(nameOfFrom: string, nameOfTo: string): string }> {
  const [{ contactPolicy }, { parentOf }] = await Promise.all([readOrgRules(reader), loadChart(reader)])
  const contact = canCommunicate(from, to, parentOf, contactPolicy)
  return { contact, why: (nameOfFrom, nameOfTo) => explainContact(contact, nameOfFrom, nameOfTo) }
}

function peersIn(chart: OrgChart, from: WorkspaceId, contactPolicy: ContactPolicy): Peer[] {
  const peers: Peer[] = []
  for (const { id, name, role } of chart.workspaces) {
    const contact = canCommunicate(from, id, chart.parentOf, contactPolicy)
    if (contact.allowed && contact.relation !== 'self') peers.push({ id, name, role, relation: contact.relation })
  }
  return peers.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
}
