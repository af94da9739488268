import { randomUUID } from 'node:crypto'
import { UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { ContactPolicy, Role } from '#shared/orgs/contract.ts'
import { createOrg } from '../features/orgs/index.ts'
import type { OrgContext } from '../kernel/actor.ts'
import { type Db, inTransaction, type Tx } from '../kernel/db.ts'
import { json, sql } from '../kernel/sql.ts'
import { uuidv7 } from '../kernel/uuid.ts'

/** An org with an owner; the context acts as that owner. */
export async function makeOrg(
  db: Db,
  given: { name?: string; contactPolicy?: ContactPolicy } = {},
): Promise<OrgContext> {
  const owner = { id: UserId.parse(randomUUID()), name: 'Olga Owner' }
  return await createOrg(db, { name: given.name ?? 'Test org', owner, contactPolicy: given.contactPolicy ?? 'direct' })
}

/** One more person in the org; the context acts as that person. */
export async function makeMember(
  context: OrgContext,
  role: Role = 'member',
  name = `Max ${role}`,
): Promise<OrgContext> {
  const userId = UserId.parse(randomUUID())
  await inTransaction(context, (tx) =>
    tx.rows(sql`insert into members (org_id, user_id, role) values (${tx.orgId}, ${userId}, ${role})`),
  )
  return { db: context.db, orgId: context.orgId, actor: { kind: 'person', userId, name, role } }
}

/** Names below names: `{ Lead: { Researcher: {}, Writer: {} } }`. */
export type Tree = { readonly [name: string]: Tree }

/** Workspaces of an org chart, with config.yaml and system-prompt.md. Gives their ids by name; `configs` are by name too. */
export async function makeWorkspaces(
  context: OrgContext,
  tree: Tree,
  configs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Promise<Record<string, WorkspaceId>> {
  const ids: Record<string, WorkspaceId> = {}
  await inTransaction(context, async (tx) => {
    const insert = async (below: Tree, parentId: WorkspaceId | null) => {
      for (const [name, reports] of Object.entries(below)) {
        const id = WorkspaceId.parse(uuidv7())
        ids[name] = id
        await insertWorkspace(tx, { id, parentId, name, config: { model: 'rehearsal', ...configs[name] } })
        await insert(reports, id)
      }
    }
    await insert(tree, null)
  })
  return ids
}

type NewWorkspace = {
  id: WorkspaceId
  parentId: WorkspaceId | null
  name: string
  config: Readonly<Record<string, unknown>>
}

async function insertWorkspace(tx: Tx, { id, parentId, name, config }: NewWorkspace): Promise<void> {
  await tx.rows(sql`
    insert into workspaces (org_id, id, parent_id, name) values (${tx.orgId}, ${id}, ${parentId}, ${name})`)
  tx.tell({ type: 'workspace.created', payload: { workspaceId: id, parentId, name, position: null } })
  const yaml = Object.entries(config).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
  await insertFile(tx, id, { path: 'config.yaml', text: yaml.join(''), config: json(config) })
  await insertFile(tx, id, { path: 'system-prompt.md', text: `You are ${name}.\n`, config: null })
}

async function insertFile(
  tx: Tx,
  workspaceId: WorkspaceId,
  file: { path: string; text: string; config: string | null },
): Promise<void> {
  const fileId = uuidv7()
  await tx.rows(sql`
    insert into files (org_id, workspace_id, id, path, head, config)
    values (${tx.orgId}, ${workspaceId}, ${fileId}, ${file.path}, 1, ${file.config}::jsonb)`)
  await tx.rows(sql`
    insert into file_versions (org_id, file_id, version, text, bytes, lines_added, lines_removed, saved_by, saved_by_name)
    values (${tx.orgId}, ${fileId}, 1, ${file.text}, ${Buffer.byteLength(file.text)}, 1, 0,
            ${json({ kind: 'system', id: 'test' })}::jsonb, 'test')`)
}
