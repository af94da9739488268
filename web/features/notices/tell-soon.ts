import type { NoticeKind } from '#shared/notices/contract.ts'
import { notify } from '../../ui/toast.ts'
import { askNotices, isNoticesOpen } from './ask.ts'
import { summary } from './summary.ts'

/** However much happens, at most one toast in this time, which counts what came together. */
const gatherMs = 1_500

let gathered: NoticeKind[] = []

/** Shows what needs a person now; the rest waits at the bell. */
export function tellSoon(kind: NoticeKind): void {
  gathered.push(kind)
  if (gathered.length > 1) return
  setTimeout(() => {
    const told = summary(gathered)
    gathered = []
    if (!told || isNoticesOpen()) return
    notify({ id: 'notices', ...told, action: { label: 'Look', run: () => askNotices(true) } })
  }, gatherMs)
}
