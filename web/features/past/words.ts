import { readProblem } from '../../kernel/app-error.ts'
import { notify } from '../../ui/toast.ts'

/** "12:03:22", with the date when it is not today's. */
export function timeWords(at: string | null): string {
  if (!at) return 'Before the first event'
  const date = new Date(at)
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  return date.toDateString() === new Date().toDateString() ? time : `${date.toLocaleDateString()} ${time}`
}

/** "40 s", "12 min", "3 h". */
export function spanWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return `${Math.round(ms / 1_000)} s`
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

export function tellProblem(error: unknown): void {
  const { message, fix } = readProblem(error)
  notify({ title: message, detail: fix, tone: 'failed' })
}
