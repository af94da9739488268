/**
 * What a task may tell the rehearsal model, for tests and demonstrations:
 * `[rehearse: slow 2000]` answers after so many milliseconds · `[rehearse: fail WORDS]` · `[rehearse: loop]` asks the same
 * again and again · `[rehearse: call TOOL {json}]` calls a tool first · `[rehearse: answer TEXT]` ·
 * `[rehearse: tokens N]` reports so many tokens for each answer, up to the limit of the call ·
 * `[rehearse: pingpong NAME]` hands the task to NAME, who hands it back · `[rehearse: storm N]` starts so many delegations
 * in each turn. `[rehearse reports: …]` becomes `[rehearse: …]` of what is handed down.
 */
export type Directives = {
  slowMs: number
  fail: string | null
  loops: boolean
  calls: { name: string; args: string }[]
  answer: string | null
  tokens: number | null
  pingpong: string | null
  storm: number
}

/** Square brackets within, as in the JSON of a call, come in pairs. */
const words = String.raw`((?:[^\][]|\[[^\][]*\])*)`
const own = new RegExp(String.raw`\[rehearse:\s*${words}\]`, 'gi')
const forReports = new RegExp(String.raw`\[rehearse reports:\s*${words}\]`, 'gi')
const maxSlowMs = 600_000
const maxStorm = 20

export function readDirectives(task: string): Directives {
  const found: Directives = { ...none, calls: [] }
  for (const [, text = ''] of task.matchAll(own)) {
    const [, verb = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? []
    heed(found, verb, rest.trim())
  }
  return found
}

const none = { slowMs: 0, fail: null, loops: false, calls: [], answer: null, tokens: null, pingpong: null, storm: 0 }

function heed(found: Directives, verb: string, rest: string): void {
  const number = Number.parseInt(rest, 10)
  if (verb === 'slow') found.slowMs = Math.min(number || 1_000, maxSlowMs)
  if (verb === 'fail') found.fail = rest || 'The rehearsal was told to fail.'
  if (verb === 'loop') found.loops = true
  if (verb === 'answer') found.answer = rest || null
  if (verb === 'tokens') found.tokens = Number.isNaN(number) ? null : Math.max(number, 0)
  if (verb === 'pingpong') found.pingpong = rest || null
  if (verb === 'storm') found.storm = Math.min(Math.max(number || maxStorm, 1), maxStorm)
  const [, name, args] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? []
  if (verb === 'call' && name) found.calls.push({ name, args: args || '{}' })
}

/** The task in plain words. */
export function withoutDirectives(task: string): string {
  return task.replace(own, '').replace(forReports, '').replace(/\s+/g, ' ').trim()
}

/** What is passed on: "[rehearse reports: …]" of a task becomes "[rehearse: …]" of the parts handed down. */
export function directivesForReports(task: string): string {
  return [...task.matchAll(forReports)].map(([, text = '']) => `[rehearse: ${text.trim()}]`).join(' ')
}
