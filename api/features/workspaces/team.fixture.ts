import { AppError } from '#shared/kernel/app-error.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { OrgEvent } from '#shared/org-event.ts'
import type { CreateWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { type Db, inSnapshot, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { readHead } from '../files/index.ts'
import { createWorkspace } from './create-workspace.ts'
import { listWorkspaces } from './list-workspaces.ts'

/** An org of five: Lead ─ (Research ─ (Reader, Analyst), Build). */
export async function makeTeam(db: Db) {
  const context = await makeOrg(db)
  const { orgId } = context
  const ids = await makeWorkspaces(context, { Lead: { Research: { Reader: {}, Analyst: {} }, Build: {} } })
  const id = (name: string) => WorkspaceId.parse(ids[name])
  const chart = async () => Object.fromEntries((await list()).map(({ name, parentId }) => [name, nameOf(parentId)]))
  const nameOf = (asked: string | null) => Object.keys(ids).find((name) => ids[name] === asked) ?? null
  const list = async () => (await listWorkspaces(context)).workspaces
  const one = async (name: string) => (await list()).find((workspace) => workspace.id === id(name))
  return { context, orgId, id, chart, one, nameOf }
}

export function create(context: OrgContext, given: Partial<CreateWorkspace>): Promise<Workspace> {
  const { orgId } = context
  return createWorkspace(context, { orgId, name: 'New', role: '', parentId: null, position: null, ...given })
}

export async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('expected an AppError', { cause: error })
  return error
}

/** Events since a number, each held against the schema that readers parse with. */
export async function toldSince({ db, orgId }: OrgContext, seq: number): Promise<[string, object][]> {
  const rows = await readRows(
    db,
    orgId,
    sql`select org_id as "orgId", seq::int, id, type, version, at, actor, payload,
               jsonb_build_object('id', chain_id, 'depth', chain_depth) as chain
          from events where seq > ${seq} order by seq`,
  )
  return rows.map((row) => {
    const { type, payload } = OrgEvent.parse({ ...row, at: row.at instanceof Date ? row.at.toISOString() : row.at })
    return [type, payload]
  })
}

export async function headSeq(context: OrgContext): Promise<number> {
  return (await listWorkspaces(context)).seq
}

export function textOf({ db, orgId }: OrgContext, id: WorkspaceId, path: string): Promise<string | undefined> {
  return inSnapshot(db, orgId, async (reader) => (await readHead(reader, id, path))?.text)
}
