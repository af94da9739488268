import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { RequestContext } from '../trpc.ts'

type Listening = { orgId: OrgId; listener: Pick<RequestContext, 'user' | 'machine' | 'origin'> }

/** Streams that may be open on one node: a person's tabs, an org's people and machines, an office behind one address. */
const most = { caller: 64, org: 2_000, address: 1_000 }

/** Refuses one more stream where there are too many already. */
export function requireStreamRoom(open: Iterable<Listening>, asked: Listening): void {
  const count = { caller: 0, org: 0, address: 0 }
  const [caller, address] = [callerOf(asked), asked.listener.origin?.address]
  for (const stream of open) {
    if (callerOf(stream) === caller) count.caller++
    if (stream.orgId === asked.orgId) count.org++
    if (address && stream.listener.origin?.address === address) count.address++
  }
  if (count.caller >= most.caller) throw tooMany('Too many event streams are open.', 'Close some tabs.')
  if (count.org >= most.org) throw tooMany('Too many event streams of this organisation are open.', 'Close some.')
  if (count.address >= most.address) throw tooMany('Too many event streams are open from this address.', 'Close some.')
}

function callerOf({ listener: { user, machine } }: Listening): string | undefined {
  return machine?.keyId ?? user?.id
}

function tooMany(message: string, fix: string): AppError {
  return new AppError('rate-limited', message, { fix, data: { retryAfterSeconds: 30 } })
}
