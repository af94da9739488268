import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { Db } from '../../kernel/db.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { appRouter } from '../../router.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'

/** A person at work in an org: Lead ─ (Research ─ (Reader), Build). */
export async function atWorkIn(db: Db) {
  const owner = await makeOrg(db)
  const ids = await makeWorkspaces(owner, { Lead: { Research: { Reader: {} }, Build: {} } })
  return { ...person(owner), owner, id: (name: string) => WorkspaceId.parse(ids[name]) }
}

/** What a person does and takes back, as their page calls it. */
export function person({ db, orgId, actor }: OrgContext) {
  if (actor.kind !== 'person') throw new Error('people undo')
  const call = createCaller(appRouter)({ db, user: { id: actor.userId, name: actor.name } })
  const standing = () => call.undo.standing({ orgId })
  const undo = async () => {
    const act = (await standing()).undo
    if (!act) throw new Error('there is nothing to undo')
    return await call.undo.undo({ orgId, actId: act.id })
  }
  const redo = async () => {
    const act = (await standing()).redo
    if (!act) throw new Error('there is nothing to redo')
    return await call.undo.redo({ orgId, actId: act.id })
  }
  const names = async () => {
    const { undo: back, redo: again } = await standing()
    return [back?.name ?? null, again?.name ?? null]
  }
  const list = async () => (await call.workspaces.list({ orgId })).workspaces
  const chart = async () => {
    const all = await list()
    const nameOf = (id: string | null) => all.find((one) => one.id === id)?.name ?? null
    return Object.fromEntries(all.map(({ name, parentId }) => [name, nameOf(parentId)]))
  }
  const one = async (name: string) => (await list()).find((workspace) => workspace.name === name)
  return { call, orgId, standing, undo, redo, names, chart, one }
}
