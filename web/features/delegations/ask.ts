import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { createAsked } from '../../kernel/asked.ts'

/** `key` is new for each opening: the dialog begins anew. */
export type DelegationQuestion = { workspaceId: WorkspaceId | null; task: string; key: string }

const asked = createAsked<DelegationQuestion | undefined>(undefined)

/** Opens "New delegation", for one workspace or for the person to choose; `task` stands in it already. */
export function askDelegation(workspaceId: WorkspaceId | null, task = ''): void {
  asked.ask({ workspaceId, task, key: crypto.randomUUID() })
}

export function closeDelegation(): void {
  asked.ask(undefined)
}

/** For the one place that shows it. */
export const useDelegationQuestion = asked.useAskedHere
