import { z } from 'zod'
import type { Peer, ToolCall } from '#shared/delegations/journal.ts'
import { type CallResult, notDone, readArgs } from '#shared/delegations/simulate.ts'

const Status = z.object({ delegation_id: z.string() })
const maxSummaryChars = 160

/** What a call that hands nothing on gives in a dry run: what only reads the organisation is answered, the rest is not done. */
export function answerFor(
  call: ToolCall,
  known: { peers: readonly Peer[]; later: ReadonlyMap<string, CallResult> },
): CallResult {
  if (call.name === 'list_peers') return { text: JSON.stringify(known.peers) }
  if (call.name !== 'check_delegation_status') return { text: notDone }
  const asked = Status.safeParse(readArgs(call.args)).data?.delegation_id
  const result = asked === undefined ? undefined : known.later.get(asked)
  if (!asked || !result) return { error: 'You gave no such delegation.' }
  const end =
    'text' in result
      ? { state: 'completed', reason: null, answer: result.text }
      : { state: 'failed', reason: result.error, answer: null }
  return { text: JSON.stringify({ delegation_id: asked, waiting_for: null, ...end }) }
}

/** The arguments in one line. */
export function summaryOf({ args }: ToolCall): string {
  const read = readArgs(args)
  const parts = typeof read === 'object' && read !== null ? Object.values(read) : [read]
  const line = parts
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(': ')
    .replace(/\s+/g, ' ')
  return line.length > maxSummaryChars ? `${line.slice(0, maxSummaryChars - 1)}…` : line
}
