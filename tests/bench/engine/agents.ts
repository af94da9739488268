import type { OrgContext } from '#api/kernel/actor.ts'
import type { Db } from '#api/kernel/db.ts'
import { giveScript } from '#api/testing/engine.ts'
import { makeOrg, makeWorkspaces, type Tree } from '#api/testing/factories.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

export type Agent = { context: OrgContext; workspaceId: WorkspaceId }

/** Rounds of one agent: more than a bench watches, and no two alike, as nothing that goes on for ever is let go on. */
const rounds = Array.from({ length: 49 }, (_, round) => ({ message_user: `Round ${round + 1} is done.` }))

const turns = {
  /** The model and a tool in turns. */
  loop: [...rounds, { answer: 'That is enough.' }],
  /** The model is called, calls a tool, is called again and answers. */
  three: [{ message_user: 'I am on it.' }, { answer: 'Done: {task}' }],
}

type Options = { orgs: number; perOrg: number; play?: keyof typeof turns; maxSteps?: number }

/** Orgs of agents side by side, each of whom may have several tasks at once. */
export async function makeAgents(db: Db, { orgs, perOrg, play = 'three', maxSteps = 200 }: Options): Promise<Agent[]> {
  const names = Array.from({ length: perOrg }, (_, index) => `Agent ${index + 1}`)
  const tree: Tree = Object.fromEntries(names.map((name) => [name, {}]))
  const configs = Object.fromEntries(names.map((name) => [name, { max_concurrent_tasks: 10, max_steps: maxSteps }]))
  const parts = names.map((workspace) => ({ workspace, when: { always: true as const }, turns: turns[play] }))
  const agents: Agent[] = []
  for (let org = 0; org < orgs; org++) {
    const context = await makeOrg(db, { name: `Bench ${org + 1}` })
    const ids = await makeWorkspaces(context, tree, configs)
    await giveScript(context, parts)
    for (const workspaceId of Object.values(ids)) agents.push({ context, workspaceId })
  }
  return agents
}

/** The same for one agent alone in its org. */
export async function makeAgent(db: Db): Promise<Agent> {
  const [agent] = await makeAgents(db, { orgs: 1, perOrg: 1 })
  if (!agent) throw new Error('There is no agent.')
  return agent
}
