import type { McpState } from '#shared/mcp/contract.ts'
import { stateOf } from '#shared/mcp/server-state.ts'
import { commandHash } from './hash.ts'
import type { ServerRow } from './store.ts'

/** Where a server stands now, with the hash of its command as it is on this machine at this moment. */
export function standingOf(server: ServerRow): { state: McpState; commandHash: string | null } {
  const hash = commandHash(server.transport)
  const state = stateOf({
    isOn: server.isOn,
    commandHash: hash,
    approvedCommand: server.commandApproved?.hash ?? null,
    approvedList: server.approved?.hash ?? null,
    seenList: server.seen?.hash ?? null,
    hasTrouble: server.trouble !== null,
  })
  return { state, commandHash: hash }
}
