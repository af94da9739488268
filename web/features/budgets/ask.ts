import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

/** The budgets, asked for from the top bar, the palette, a notice, or a workspace that wants one of its own. */
export type BudgetQuestion = { newFor: WorkspaceId | null }

let question: BudgetQuestion | undefined
const listeners = new Set<() => void>()

export function askBudgets(next: BudgetQuestion | undefined): void {
  question = next
  for (const listener of listeners) listener()
}

export function useBudgetQuestion(): BudgetQuestion | undefined {
  return useSyncExternalStore(subscribe, () => question)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
