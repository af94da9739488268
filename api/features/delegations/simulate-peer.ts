import { z } from 'zod'
import { type Peer, type ToolCall, WorkContext } from '#shared/delegations/journal.ts'
import { sameName } from '#shared/delegations/rehearsal-script.ts'
import { readArgs } from '#shared/delegations/simulate.ts'
import type { Reader } from '../../kernel/db.ts'
import { recordContext } from './work-context.ts'

const Handed = z.object({ workspace: z.string(), task: z.string() })

/** Whom a call hands work to and what, if it is such a call and the one named is a peer. */
export function handedTo(call: ToolCall, peers: readonly Peer[]): { peer: Peer; task: string } | undefined {
  if (call.name !== 'delegate_task' && call.name !== 'delegate_task_async') return undefined
  const args = Handed.safeParse(readArgs(call.args)).data
  const peer =
    args && peers.find(({ id, name }) => id === args.workspace.toLowerCase() || sameName(name, args.workspace))
  return args && peer ? { peer, task: args.task } : undefined
}

/** What a peer would know if it were given work now; undefined where it is gone. */
export async function readPeer(
  reader: Reader,
  peer: Pick<Peer, 'id'>,
  asked: { requesterName: string; tools: readonly string[] },
): Promise<WorkContext | undefined> {
  const step = await recordContext(reader, { workspaceId: peer.id, ...asked, step: 0 })
  return step.state === 'done' ? WorkContext.parse(step.output) : undefined
}
