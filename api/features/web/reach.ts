import { isAllowedAddress } from '../../kernel/allowed-addresses.ts'
import type { Reach } from '../../kernel/safe-fetch.ts'

/** How we say who asks. */
export const agentName = 'Delegraph'

/** A private address only where the operator of this server listed it. */
export function reachOf(url: URL, maxBytes: number): Reach {
  return { mayReachPrivate: isAllowedAddress(url), idleMs: 20_000, maxBytes }
}
