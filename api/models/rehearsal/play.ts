import type { Peer, ToolCall } from '#shared/delegations/journal.ts'
import { findPart, type RehearsalTurn, sameName } from '#shared/delegations/rehearsal-script.ts'
import { type Directives, directivesForReports, readDirectives, withoutDirectives } from './directives.ts'
import { follow, followed, readInstructions } from './instructions.ts'
import type { Result, Scene } from './scene.ts'

export type Performance =
  | { kind: 'fails'; delayMs: number; reason: string }
  | { kind: 'says'; delayMs: number; text: string; calls: ToolCall[]; tokens: number | null }

/**
 * What the rehearsal model does: what the task directs it to, a part of the script where one matches, else the shape of the
 * organisation, else a plain word that it has no script. Its answers follow simple words of the prompt. The same scene
 * gives the same performance.
 */
export function play(scene: Scene): Performance {
  const told = readDirectives(scene.task)
  if (told.fail) return { kind: 'fails', delayMs: told.slowMs, reason: told.fail }
  const performance = playDirected(scene, told) ?? playPart(scene, told)
  if (performance.kind === 'fails') return performance
  const { text, calls } = performance
  const answer = [text, ...scene.heard.map((words) => `I heard: ${words}`)].filter(Boolean).join('\n\n')
  const said = calls.length > 0 ? text : follow(readInstructions(scene.prompt), answer)
  return { ...performance, text: said, tokens: told.tokens }
}

function playDirected(scene: Scene, told: Directives): Performance | undefined {
  const { calls, slowMs } = told
  if (scene.turn === 0 && calls.length > 0) {
    const made = calls.map(({ name, args }, index) => ({ id: `call-${scene.turn}-${index}`, name, args }))
    return says(slowMs, `I was told to call ${calls.map(({ name }) => name).join(', ')}.`, made)
  }
  if (told.answer) return says(slowMs, told.answer, [])
  if (told.loops) return says(slowMs, 'Once more around.', [call(scene, 0, 'list_peers', {})])
  if (told.pingpong) return says(slowMs, `Over to ${told.pingpong}.`, [handOn(scene, told.pingpong)])
  if (told.storm > 0) return says(slowMs, 'More hands!', storm(scene, told.storm))
  return calls.length > 0 ? says(slowMs, sumUp(scene), []) : undefined
}

function handOn(scene: Scene, to: string): ToolCall {
  const back = scene.self === '' ? '' : ` [rehearse: pingpong ${scene.self}]`
  return call(scene, 0, 'delegate_task', { workspace: to, task: `${withoutDirectives(scene.task)}${back}`.trim() })
}

/** Each with words of its own: many different delegations, not one call repeated. */
function storm(scene: Scene, count: number): ToolCall[] {
  return Array.from({ length: count }, (_, index) => {
    const peer = scene.peers[index % Math.max(scene.peers.length, 1)]
    const task = `Part ${scene.turn * count + index + 1} of: ${passOn(scene.task, scene)}`
    return call(scene, index, 'delegate_task_async', { workspace: peer?.name ?? 'anyone', task })
  })
}

function playPart(scene: Scene, { slowMs }: Directives): Performance {
  const part = findPart(scene.parts, scene.task)
  return part ? playTurn(scene, turnAt(part.turns, scene.turn), slowMs) : playStructure(scene, slowMs)
}

function turnAt(turns: readonly RehearsalTurn[], turn: number): RehearsalTurn | undefined {
  const looping = turns.findIndex((one) => one.loop)
  return looping >= 0 && turn > looping ? turns[looping] : turns[turn]
}

function playTurn(scene: Scene, turn: RehearsalTurn | undefined, slowMs: number): Performance {
  if (!turn) return says(slowMs, sumUp(scene), [])
  const delayMs = Math.max(slowMs, turn.delay_ms ?? 0)
  if (turn.fail) return { kind: 'fails', delayMs, reason: fill(turn.fail, scene) }
  if (turn.answer) return says(delayMs, fill([turn.say, turn.answer].filter(Boolean).join('\n\n'), scene), [])
  const wanted: { name: string; args: object }[] = (turn.delegate ?? []).map((part) => ({
    name: part.async ? 'delegate_task_async' : 'delegate_task',
    args: { workspace: part.to, task: passOn(fill(part.task, scene), scene) },
  }))
  for (const { tool, args } of turn.call ?? []) wanted.push({ name: tool, args: fillArgs(args, scene) })
  if (turn.message_user)
    wanted.push({ name: 'send_message_to_user', args: { message: fill(turn.message_user, scene) } })
  if (turn.loop && wanted.length === 0) wanted.push({ name: 'list_peers', args: {} })
  const calls = wanted.map(({ name, args }, index) => call(scene, index, name, args))
  const said = fill(turn.say ?? '', scene)
  return says(delayMs, said === '' && calls.length === 0 ? sumUp(scene) : said, calls)
}

/** A lead hands each report a part, then sums up what really came back; whoever has no reports says it has no script. */
function playStructure(scene: Scene, delayMs: number): Performance {
  const reports = scene.peers.filter((peer) => peer.relation === 'child')
  if (scene.turn > 0) return says(delayMs, sumUp(scene), [])
  if (reports.length === 0 || !scene.tools.has('delegate_task')) return says(delayMs, noScript(scene), [])
  const calls = reports.map((report, index) =>
    call(scene, index, 'delegate_task', { workspace: report.name, task: passOn(partFor(report, scene), scene) }),
  )
  return says(
    delayMs,
    `I hand a part of this to each of my reports: ${reports.map(({ name }) => name).join(', ')}.`,
    calls,
  )
}

function partFor(report: Peer, scene: Scene): string {
  const as = report.role === '' ? report.name : `${report.name} (${firstSentence(report.role)})`
  return `Your part as ${as} of: ${withoutDirectives(scene.task)}`
}

function passOn(task: string, scene: Scene): string {
  return [withoutDirectives(task), directivesForReports(scene.task)].filter(Boolean).join(' ')
}

function noScript(scene: Scene): string {
  return `I am the rehearsal model and have no script for this task. A real model would be asked: "${withoutDirectives(scene.task)}" Of its prompt I follow only simple words: ${followed}.`
}

function sumUp({ results }: Scene): string {
  if (results.length === 0) return 'Nothing was asked of anyone, so there is nothing to report.'
  const failed = results.filter((result) => result.isError).length
  const count = failed === 0 ? 'All parts came back' : `${results.length - failed} of ${results.length} parts came back`
  return `${count}.\n\n${listOf(results)}`
}

function listOf(results: readonly Result[]): string {
  return results.map(({ from, text, isError }) => `- ${from}${isError ? ' did not deliver' : ''}: ${text}`).join('\n')
}

function fillArgs(args: Readonly<Record<string, unknown>>, scene: Scene): object {
  const filled = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value, scene)
    if (Array.isArray(value)) return value.map(filled)
    return typeof value === 'object' && value !== null ? fillArgs({ ...value }, scene) : value
  }
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, filled(value)]))
}

/** Fills placeholders literally, in one pass: what is filled in is never read again. */
function fill(text: string, scene: Scene): string {
  return text.replace(/\{(task|results|result:([^{}]{1,80}))\}/g, (whole, what: string, name: string | undefined) => {
    if (what === 'task') return withoutDirectives(scene.task)
    if (what === 'results') return listOf(scene.results)
    const found = scene.results.findLast((result) => sameName(result.from, name ?? ''))
    if (!found) return `(nothing came back from ${name ?? whole})`
    return found.isError ? `(${found.from} did not deliver: ${found.text})` : found.text
  })
}

function call(scene: Scene, index: number, name: string, args: object): ToolCall {
  return { id: `call-${scene.turn}-${index}`, name, args: JSON.stringify(args) }
}

function says(delayMs: number, text: string, calls: ToolCall[]): Performance {
  return { kind: 'says', delayMs, text, calls, tokens: null }
}

function firstSentence(text: string): string {
  return text.split(/(?<=[.!?])\s/)[0]?.slice(0, 120) ?? ''
}
