import type { OrgId } from '#shared/kernel/ids.ts'

type Slice = Readonly<Record<string, string | undefined>>

/** Has the browser save a slice of the log: as a chain of hashes that can be verified, or as a table. */
export function saveLog(orgId: OrgId, slice: Slice = {}, format: 'jsonl' | 'csv' = 'jsonl'): void {
  const query = new URLSearchParams(format === 'csv' ? { format } : {})
  for (const [key, value] of Object.entries(slice)) if (value !== undefined) query.set(key, value)
  const link = document.createElement('a')
  link.href = `/api/orgs/${orgId}/audit?${query}`
  link.download = ''
  link.click()
}
