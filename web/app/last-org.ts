import { dropStored, type Parse, readStored, writeStored } from '#web/kernel/storage.ts'
import { isUuid } from './search-params.ts'

const parseOrgId: Parse<string> = (value) => (isUuid(value) ? value : undefined)

/** The org this browser showed last; the way back from "/". */
export function lastOrg(): string | undefined {
  return readStored<string | undefined>('last-org', parseOrgId, undefined)
}

export function rememberOrg(orgId: string): void {
  writeStored('last-org', orgId)
}

/** After signing out, or when the org is not there any more. */
export function forgetOrg(): void {
  dropStored('last-org')
}
