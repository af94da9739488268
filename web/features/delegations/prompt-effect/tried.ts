import type { OrgId } from '#shared/kernel/ids.ts'

type Listener = (orgId: OrgId) => void

const listeners = new Set<Listener>()

/** Hears when a prompt was tried on recorded work, which leaves no event. Returns the way to stop. */
export function onPromptTried(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function tellTried(orgId: OrgId): void {
  for (const listener of listeners) listener(orgId)
}
