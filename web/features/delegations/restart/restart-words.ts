import type { OutdatedWork } from '#shared/delegations/restart-contract.ts'
import { configFields } from '#shared/workspaces/config-fields.ts'

/** What work in flight keeps, and what the button does about it. */
export function restartWords(work: OutdatedWork['work']): { says: string; does: string } {
  const fields = [...new Set(work.flatMap((one) => one.fields))].map(labelOf)
  const who = work.length === 1 ? 'A delegation in flight keeps' : `${work.length} delegations in flight keep`
  return {
    says: `${who} the former ${listed(fields)}. Begun afresh, what was done so far is done again.`,
    does: work.length === 1 ? 'Restart it' : `Restart ${work.length} delegations`,
  }
}

function labelOf(name: string): string {
  return (configFields.find((field) => field.name === name)?.label ?? name).toLowerCase()
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
