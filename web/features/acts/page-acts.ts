import type { OrgId } from '#shared/kernel/ids.ts'

/**
 * Something that was done on this page and can be taken back by it, named as in "Undo removal of the budget". One that does
 * not say in which org it was done is taken back by its own message only, never by the key.
 */
export type PageAct = { name: string; orgId?: OrgId; undo: () => Promise<void> }

/** `at` in milliseconds: what was done last is taken back first, also among what the server keeps. */
export type DonePageAct = PageAct & { at: number }

const deepest = 50

/** What this page alone can take back, the latest first: acts the server keeps nothing of. They are gone with the page. */
export function createPageActs(now: () => number) {
  let stack: readonly DonePageAct[] = []
  let isUndoing = false
  const listeners = new Set<() => void>()

  function push(act: PageAct): DonePageAct {
    const done = { ...act, at: now() }
    set([...stack, done].slice(-deepest))
    return done
  }

  /** True when it was taken back. An act that fails stays, so that it can be tried again. */
  async function undo(act: DonePageAct): Promise<boolean> {
    if (isUndoing || !stack.includes(act)) return false
    isUndoing = true
    try {
      await act.undo()
      set(stack.filter((other) => other !== act))
      return true
    } finally {
      isUndoing = false
    }
  }

  function set(next: readonly DonePageAct[]): void {
    stack = next
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { push, undo, subscribe, latest: (orgId: OrgId) => stack.findLast((act) => act.orgId === orgId) }
}

export const pageActs = createPageActs(Date.now)
