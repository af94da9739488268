import type { RestoredOrg } from '#shared/snapshots/contract.ts'

/** Sends a snapshot's file; gives the fresh org. Throws as any call does, so that its problem can be read. */
export async function restoreFile(file: File): Promise<Pick<RestoredOrg, 'orgId' | 'name' | 'alive'>> {
  const answer = await fetch('/api/snapshots/restore', { method: 'POST', body: file })
  const body = await answer.json().catch(() => undefined)
  if (!answer.ok) throw Object.assign(new Error('The snapshot was not restored.'), { data: body?.error?.data ?? {} })
  return body
}
