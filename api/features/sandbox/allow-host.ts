import { AppError } from '#shared/kernel/app-error.ts'
import { type AllowedHost, readAllowedHost } from '#shared/sandbox/allowed-host.ts'
import { maxSandboxHosts } from '#shared/sandbox/contract.ts'
import { actorName, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { deleteHost, insertHost, selectHosts } from './store.ts'

/** From now on programs of agents may reach it, where their config names it too. */
export async function allowHost(context: OrgContext, text: string): Promise<void> {
  requireMay(context, 'sandbox.allow')
  const host = hostOf(text)
  await inTransaction(context, async (tx) => {
    const known = await selectHosts(tx)
    if (known.length >= maxSandboxHosts)
      throw new AppError('too-large', `There are ${known.length} hosts; at most ${maxSandboxHosts} are kept.`, {
        fix: 'Remove one that nobody needs.',
      })
    if (await insertHost(tx, host, actorName(context.actor))) tx.tell({ type: 'sandbox-host.allowed', payload: host })
  })
}

/** Programs that begin from now on reach it no more. */
export async function removeHost(context: OrgContext, text: string): Promise<void> {
  requireMay(context, 'sandbox.allow')
  const host = hostOf(text)
  await inTransaction(context, async (tx) => {
    if (!(await deleteHost(tx, host))) throw new AppError('not-found', 'This host is not among those allowed.')
    tx.tell({ type: 'sandbox-host.removed', payload: host })
  })
}

function hostOf(text: string): AllowedHost {
  const host = readAllowedHost(text)
  if (host) return host
  throw new AppError('bad-input', `${text} is no host.`, {
    field: 'host',
    fix: 'Write a name and a port, e.g. packages.example.org:443.',
  })
}
