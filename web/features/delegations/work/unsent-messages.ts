import type { DelegationId } from '#shared/kernel/ids.ts'
import { createUnsentWords } from '../unsent-words.ts'

/** Words that were typed into work and not sent. */
export const unsentMessages = createUnsentWords<DelegationId>('message')

/** Work that has ended hears nothing, but what was typed to it stays to be copied or removed. */
export function messageBox(isAlive: boolean, unsent: string): 'open' | 'closed' | 'none' {
  if (isAlive) return 'open'
  return unsent === '' ? 'none' : 'closed'
}
