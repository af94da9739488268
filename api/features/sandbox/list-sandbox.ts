import { listServerSandboxes } from '#sandbox/server/choose.ts'
import type { SandboxBackend, SandboxHost } from '#shared/sandbox/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { selectHosts } from './store.ts'

/** Whom programs of agents may reach, by name. */
export async function listHosts(context: OrgContext): Promise<SandboxHost[]> {
  requireMay(context, 'sandbox.read')
  const rows = await inSnapshot(context.db, context.orgId, selectHosts)
  return rows.map(({ allowedAt, ...row }) => ({ ...row, allowedAt: allowedAt.toISOString() }))
}

const freshMs = 30_000
let looked: { at: number; found: Promise<readonly SandboxBackend[]> } | undefined

/** Where agents' code can run on this server. A look takes a moment, so one serves everybody for a while. */
export async function listBackends(context: OrgContext): Promise<readonly SandboxBackend[]> {
  requireMay(context, 'sandbox.read')
  if (!looked || Date.now() - looked.at > freshMs) looked = { at: Date.now(), found: listServerSandboxes() }
  return await looked.found
}
