import type { OrgEvent } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

type Told = Extract<OrgEvent, { type: `memory.${string}` | 'plan.changed' }>

const everyMs = 300
const due = new Set<string>()

/** Has the memories or the plan that are shown read again, a few times a second at most. */
export function followMemory({ type }: Told): void {
  const what = type === 'plan.changed' ? 'plan' : 'list'
  if (due.has(what)) return
  due.add(what)
  setTimeout(() => {
    due.delete(what)
    void queryClient.invalidateQueries({ queryKey: trpc.memory[what].pathKey() })
    if (what === 'list') void queryClient.invalidateQueries({ queryKey: trpc.memory.tidyings.pathKey() })
  }, everyMs)
}
