import { AppError } from '#shared/kernel/app-error.ts'
import type { McpReach, McpTransport } from '#shared/mcp/contract.ts'
import { plainSecrets, secretNames } from '#shared/mcp/secret-names.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import type { Reader } from '../../kernel/db.ts'
import { requireFolder, requireWithin } from './program-files.ts'
import { countWorkspaces } from './store.ts'

/** Refuses what could never be reached, and keys that stand where everybody can read them. */
export function requireTransport(transport: McpTransport): void {
  if (transport.kind === 'stdio') {
    if (transport.folder !== null) requireFolder(transport.folder)
    requireWithin(transport)
    requireNoPlainSecrets(transport.env, 'transport.env')
    return
  }
  const url = URL.parse(transport.url)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AppError('bad-input', `${transport.url.slice(0, 200)} is no address of a server.`, {
      field: 'transport.url',
      fix: 'Give the whole address, beginning with https://.',
    })
  }
  const inAddress = plainSecrets(Object.fromEntries(url.searchParams))
  if (url.username !== '' || url.password !== '' || inAddress.length > 0) {
    throw new AppError('bad-input', 'There is a key or a password in the address, where everybody could read it.', {
      field: 'transport.url',
      fix: 'Take it out, keep it as a secret and send it as a header: {{secret NAME}}.',
    })
  }
  requireNoPlainSecrets(transport.headers, 'transport.headers')
}

/**
 * Where headers name secrets, their values go to the address at the first try: who says which secrets go where does it in
 * person, as with a command. So nobody with a key only gets at a secret by naming it.
 */
export function requireMaySend(context: OrgContext, transports: readonly McpTransport[]): void {
  if (!transports.some(sendsSecrets)) return
  try {
    requireMay(context, 'mcp.approve')
  } catch (cause) {
    throw new AppError(
      'forbidden',
      'Headers that name secrets, and where they are sent, are set in person, not by a key.',
      {
        field: 'transport.headers',
        fix: 'Sign in and do it yourself in Settings, Tools; or use headers that name no secret.',
        cause,
      },
    )
  }
}

function sendsSecrets(transport: McpTransport): boolean {
  return transport.kind === 'http' && secretNames(transport.headers).length > 0
}

function requireNoPlainSecrets(values: Readonly<Record<string, string>>, field: string): void {
  const [first] = plainSecrets(values)
  if (first === undefined) return
  throw new AppError('bad-input', `${first} holds a key as plain text, where everybody could read it.`, {
    field: `${field}.${first}`,
    fix: 'Keep it in Settings, Secrets, and write {{secret NAME}} here.',
  })
}

export async function requireReach(reader: Reader, reach: McpReach): Promise<void> {
  if (reach.kind !== 'listed') return
  const wanted = new Set(reach.workspaceIds)
  if ((await countWorkspaces(reader, [...wanted])) === wanted.size) return
  throw new AppError('not-found', 'There is no such workspace.', { field: 'reach' })
}
