import type { OrgEvent } from '#shared/org-event.ts'
import { gathered } from '../../kernel/gathered.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

type Told = Extract<OrgEvent, { type: `memory.${string}` | 'plan.changed' }>

const readMemories = gathered(300, () => {
  void queryClient.invalidateQueries({ queryKey: trpc.memory.list.pathKey() })
  void queryClient.invalidateQueries({ queryKey: trpc.memory.tidyings.pathKey() })
})
const readPlan = gathered(300, () => void queryClient.invalidateQueries({ queryKey: trpc.memory.plan.pathKey() }))

/** Has the memories or the plan that are shown read again, a few times a second at most. */
export function followMemory({ type }: Told): void {
  if (type === 'plan.changed') readPlan()
  else readMemories()
}
