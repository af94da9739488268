import type { LanguageModelV4Message, LanguageModelV4ToolResultPart } from '@ai-sdk/provider'
import { isNote } from '#shared/delegations/hold.ts'
import {
  Conversation,
  type GivenFile,
  isSettled,
  type Journal,
  Message,
  ModelAnswer,
  type Peer,
  type RecordedStep,
  ToolCall,
  ToolOutput,
  type WorkContext,
} from '#shared/delegations/journal.ts'
import { isWorkCall, lastSummary } from '#shared/delegations/model-step.ts'
import type { WindowPart } from '#shared/delegations/window-contract.ts'
import { problemWith } from '#shared/models/fits-schema.ts'
import { isImageType, seesImages } from '#shared/models/sees-images.ts'
import { standingPlan } from './standing-plan.ts'
import { summaryMessages } from './summary.ts'

/** One message to the model with the parts it is made of. */
export type Entry = { message: LanguageModelV4Message; parts: WindowPart[]; images: Picture[] }

/** A picture that came with words, and which part of the message tells of it. */
export type Picture = { file: GivenFile; part: number }

/** The conversation as the model sees it, built from recorded steps alone: live, after a restart and in replay the same. */
export function entriesOf(journal: Journal, context: WorkContext): Entry[] {
  const { turns, leftOut, files } = conversationOf(journal)
  const asked: WindowPart = {
    kind: 'task',
    title: `Task from ${context.requesterName}`,
    step: null,
    text: journal.task,
  }
  const entries = [system(context, leftOut), ...turns.flatMap(earlier), spoken(asked, files)]
  const summary = lastSummary(journal)
  if (summary) entries.push(summarised(summary.step))
  for (const step of journal.steps) {
    if (step.step <= (summary?.upTo ?? -1)) continue
    if (isNote(step, 'message')) entries.push(said(step))
    if (isWorkCall(step) && step.state === 'done') entries.push(...answered(journal, step), ...corrected(context, step))
  }
  const plan = context.showsPlan ? standingPlan(journal) : undefined
  if (plan) entries.push(reminded(plan))
  return entries
}

/** The engine's own words: nobody said them, so a rehearsed model does not take them for heard. */
function reminded(part: WindowPart): Entry {
  const { message, ...entry } = spoken(part, [])
  return { ...entry, message: { ...message, providerOptions: { rehearsal: { isReminder: true } } } }
}

/** What the call of a model step was sent, as labelled parts in their order: the steps before it decide that. */
export function sentTo(step: RecordedStep, journal: Journal, context: WorkContext): WindowPart[] {
  const before = { ...journal, steps: journal.steps.slice(0, step.step) }
  if (!isWorkCall(step)) return summaryMessages(before, step).flatMap(partOfSummary)
  const sees = seesImages(step.name)
  return entriesOf(before, context).flatMap(({ parts, images }) => {
    const shown = new Map(sees ? images.map(({ file, part }) => [part, pictureText(file)]) : [])
    return parts.map((part, index) => ({ ...part, text: shown.get(index) ?? part.text }))
  })
}

function partOfSummary({ role, content }: LanguageModelV4Message): WindowPart[] {
  const texts =
    typeof content === 'string' ? [content] : content.flatMap((one) => (one.type === 'text' ? one.text : []))
  const isAsked = role === 'system'
  const title = isAsked ? 'How to sum up' : 'What is summed up'
  return texts.map((text) => ({ kind: isAsked ? 'prompt' : 'conversation', title, step: null, text }))
}

const none: Conversation = { turns: [], leftOut: 0, files: [] }

export function conversationOf(journal: Journal): Conversation {
  const note = journal.steps.find((step) => isNote(step, 'conversation'))
  return note ? Conversation.parse(note.output) : none
}

/** What was told in summary stands in its place. */
function summarised(step: RecordedStep): Entry {
  const { text } = ModelAnswer.parse(step.output)
  const words = `Your notes of what you did so far on this task:\n${text}`
  return spoken({ kind: 'conversation', title: 'Summary of what came before', step: step.step, text: words }, [])
}

/** What is wrong with a final answer that has a schema to follow. */
function corrected({ plan }: WorkContext, step: RecordedStep): Entry[] {
  const answer = ModelAnswer.parse(step.output)
  if (!plan?.answerSchema || answer.calls.length > 0) return []
  const problem = problemWith(answer.text, plan.answerSchema)
  if (problem === null) return []
  const text = `Your answer does not follow the schema. ${problem} Answer again with the JSON alone.`
  return [spoken({ kind: 'message', title: 'Asked to follow the schema', step: step.step, text }, [])]
}

function system({ workspace, requesterName, prompt, peers, plan, shared }: WorkContext, leftOut: number): Entry {
  const who = workspace.role === '' ? workspace.name : `${workspace.name}: ${workspace.role}`
  const others = peers.length === 0 ? 'You have no peers.' : `Peers you may delegate to:\n${peers.map(line).join('\n')}`
  const gap = leftOut === 0 ? '' : `The first ${leftOut} turns of this conversation are left out.`
  const all: WindowPart[] = [
    { kind: 'prompt', title: `Prompt, version ${prompt.version}`, step: null, text: prompt.text.trim() },
    { kind: 'place', title: 'Who it is', step: null, text: `You are ${who}. The work comes from ${requesterName}.` },
    { kind: 'place', title: 'Its peers', step: null, text: others },
    { kind: 'shared', title: 'Shared from above', step: null, text: sharedText(shared ?? []) },
    { kind: 'conversation', title: 'Left out', step: null, text: gap },
    { kind: 'place', title: 'The form of its answer', step: null, text: formOf(plan?.answerSchema ?? null) },
  ]
  const parts = all.filter(({ text }) => text !== '')
  return { message: { role: 'system', content: parts.map(({ text }) => text).join('\n\n') }, parts, images: [] }
}

function sharedText(files: NonNullable<WorkContext['shared']>): string {
  if (files.length === 0) return ''
  return ['## Parent Context', ...files.map(({ path, text }) => `### ${path}\n\n${text.trim()}`)].join('\n\n')
}

function formOf(schema: object | null): string {
  if (schema === null) return ''
  return `Your final answer must be one JSON value, without any other words, that follows this JSON Schema:\n${JSON.stringify(schema)}`
}

function line(peer: Peer): string {
  return `- ${peer.name} (${peer.relation}, id ${peer.id})${peer.role === '' ? '' : `: ${peer.role}`}`
}

function earlier({ asked, answered: answer }: Conversation['turns'][number], index: number): Entry[] {
  const of = { kind: 'conversation', step: null } as const
  const before = { ...of, title: `Asked before, turn ${index + 1}`, text: asked }
  const after = { ...of, title: `Answered before, turn ${index + 1}`, text: answer }
  return [
    { message: { role: 'user', content: [{ type: 'text', text: asked }] }, parts: [before], images: [] },
    { message: { role: 'assistant', content: [{ type: 'text', text: answer }] }, parts: [after], images: [] },
  ]
}

function said(step: RecordedStep): Entry {
  const { text, by, files = [] } = Message.parse(step.output)
  const part: WindowPart = {
    kind: 'message',
    title: `Said by ${by}`,
    step: step.step,
    text: `${by} says meanwhile: ${text}`,
  }
  return spoken(part, files)
}

/** A person's words, and after them what the files say that came with them. */
function spoken(words: WindowPart, files: readonly GivenFile[]): Entry {
  const given = files.map((file): WindowPart => {
    return { kind: 'file', title: file.name, step: words.step, text: fileText(file) }
  })
  const parts = [words, ...given]
  const images = files.flatMap((file, index) => (isImageType(file.mediaType) ? [{ file, part: index + 1 }] : []))
  return { message: { role: 'user', content: parts.map(({ text }) => ({ type: 'text', text })) }, parts, images }
}

/** What stands beside a picture that the model is given. */
export function pictureText({ name, mediaType, bytes }: GivenFile): string {
  return `Picture ${name} (${mediaType}, ${bytes} bytes), given with these words.`
}

function fileText({ name, mediaType, bytes, text, missing }: GivenFile): string {
  if (isImageType(mediaType)) {
    return `Picture ${name} (${mediaType}, ${bytes} bytes). You are given its name only: you cannot see it.`
  }
  const head = `File ${name} (${mediaType}, ${bytes} bytes)${missing === null ? '' : `. ${missing}`}`
  return text === null ? head : `${head}:\n${text}`
}

function answered(journal: Journal, step: RecordedStep): Entry[] {
  const answer = ModelAnswer.parse(step.output)
  // A provider refuses a message without content.
  if (answer.text === '' && answer.calls.length === 0) return []
  const words = answer.text === '' ? [] : [{ type: 'text' as const, text: answer.text }]
  const calls = answer.calls.map((call) => ({
    type: 'tool-call' as const,
    toolCallId: call.id,
    toolName: call.name,
    input: parseArgs(call.args),
  }))
  const parts: WindowPart[] = [
    ...words.map(({ text }): WindowPart => ({ kind: 'answer', title: 'Its own words', step: step.step, text })),
    ...answer.calls.map(({ name, args }): WindowPart => {
      return { kind: 'answer', title: `Its call of ${name}`, step: step.step, text: args }
    }),
  ]
  const asked = journal.steps.filter((other) => other.askedBy === step.step && isSettled(other.state))
  const own: Entry = { message: { role: 'assistant', content: [...words, ...calls] }, parts, images: [] }
  if (asked.length === 0) return [own]
  const results = asked.map(toResult)
  return [
    own,
    {
      message: { role: 'tool', content: results.map(({ result }) => result) },
      parts: results.map(({ part }) => part),
      images: [],
    },
  ]
}

function toResult(step: RecordedStep): { result: LanguageModelV4ToolResultPart; part: WindowPart } {
  const { id, name } = ToolCall.parse(step.input)
  const text = step.state === 'done' ? ToolOutput.parse(step.output).text : (step.error ?? 'The call did not end well.')
  return {
    result: {
      type: 'tool-result',
      toolCallId: id,
      toolName: name,
      output: { type: step.state === 'done' ? 'text' : 'error-text', value: text },
    },
    part: { kind: kindOfResult.get(name) ?? 'result', title: `Result of ${name}`, step: step.step, text },
  }
}

/** What is remembered and planned comes into the window as results of these. */
const kindOfResult = new Map<string, WindowPart['kind']>([
  ['recall', 'memory'],
  ['search_memory', 'memory'],
  ['create_plan', 'plan'],
  ['update_plan', 'plan'],
  ['get_plan', 'plan'],
])

/** Arguments that are no JSON go back to the model as it wrote them. */
function parseArgs(args: string): unknown {
  try {
    return JSON.parse(args)
  } catch {
    return args
  }
}
