/** What a task may tell the rehearsal model, e.g. "[rehearse: slow 2000]", for tests and demonstrations. */
export type Directives = { slowMs: number; fail: string | null; loops: boolean }

const own = /\[rehearse:\s*([^\]]*)\]/gi
const forReports = /\[rehearse reports:\s*([^\]]*)\]/gi
const maxSlowMs = 600_000

export function readDirectives(task: string): Directives {
  const found: Directives = { slowMs: 0, fail: null, loops: false }
  for (const [, text = ''] of task.matchAll(own)) {
    const [verb = '', ...rest] = text.trim().split(/\s+/)
    if (verb === 'slow') found.slowMs = Math.min(Number.parseInt(rest[0] ?? '', 10) || 1_000, maxSlowMs)
    if (verb === 'fail') found.fail = rest.join(' ') || 'The rehearsal was told to fail.'
    if (verb === 'loop') found.loops = true
  }
  return found
}

/** The task in plain words. */
export function withoutDirectives(task: string): string {
  return task.replace(own, '').replace(forReports, '').replace(/\s+/g, ' ').trim()
}

/** What is passed on: "[rehearse reports: …]" of a task becomes "[rehearse: …]" of the parts handed down. */
export function directivesForReports(task: string): string {
  return [...task.matchAll(forReports)].map(([, text = '']) => `[rehearse: ${text.trim()}]`).join(' ')
}
