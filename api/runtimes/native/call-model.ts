import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4FunctionTool } from '@ai-sdk/provider'
import { type Journal, type ModelAnswer, type RecordedStep, WorkContext } from '#shared/delegations/journal.ts'
import { summaryUpTo } from '#shared/delegations/model-step.ts'
import type { Redactor } from '../../kernel/redact/create-redactor.ts'
import type { ModelConnections } from '../../models/connections.ts'
import { patienceFor } from '../../models/provider-fetch.ts'
import { connect, isRehearsed, rehearsing } from '../../models/registry.ts'
import { telemetry, traced } from '../../models/telemetry.ts'
import { aboutCall, aboutReply } from './about-call.ts'
import { collect, halfAnswer } from './collect.ts'
import { earlierMessages, messagesOf } from './messages.ts'
import { ModelFailure, toModelFailure, type Usage } from './model-failure.ts'
import { summaryMessages } from './summary.ts'
import { withCaching } from './with-caching.ts'
import { imageTokens, type OpenFile, withImages } from './with-images.ts'

export { ModelFailure }

export type ModelReply = { answer: ModelAnswer; usage: Usage; isRehearsal: boolean }

type CallOptions = {
  /** How models that are not rehearsed are reached. */
  connections: ModelConnections
  /** No value it knows is sent to a model, and none that a model says is given back. */
  redactor: Redactor
  /** Pictures are read where they lie when the model sees them; without it, it is given their names. */
  openFile?: OpenFile
  /** So long may a provider say nothing; without it as `patienceFor` says. And so long may a whole answer take. */
  idleMs?: number
  totalMs: number
  /** Hears the words as they come; they are no events and are not recorded. */
  onDelta: (text: string) => void
}

const usual: Omit<CallOptions, Needed> = {
  totalMs: 600_000,
  onDelta: () => {},
}

type Needed = 'connections' | 'redactor'

/** Of what is sent beside the prompt's own text: roles, names, ids and what a provider adds where there are tools. */
const framingTokens = 1_000
/** For work that was recorded before it could be chosen. */
const usualOutputTokens = 4_096

/** A step that is to be made or, without one, the next plain call of the work. */
type Asked = { context: WorkContext; step: RecordedStep | undefined }

/** Of a summary; it is short. */
const summaryTokens = 2_000

/** The most a call can be billed: no token is shorter than a byte, and the answer ends at the limit that is sent. */
export function worstCase(
  journal: Journal,
  tools: readonly { name: string; description: string; inputSchema: unknown }[],
  step?: RecordedStep,
) {
  const asked = { context: contextOf(journal), step }
  const sent = JSON.stringify([promptOf(journal, asked), tools])
  const pictures = step && isSummary(step) ? 0 : imageTokens(journal, asked.context, modelOf(asked))
  const inputTokens = Buffer.byteLength(sent) + framingTokens + pictures
  const { isRehearsal } = asked.context
  return { model: modelOf(asked), isRehearsal, inputTokens, outputTokens: longest(asked) }
}

function promptOf(journal: Journal, { context, step }: Asked) {
  return step && isSummary(step) ? summaryMessages(journal, step) : messagesOf(journal, context)
}

/** The step names the model it was begun for. */
function modelOf({ context, step }: Asked): string {
  return step?.name ?? context.model
}

function isSummary(step: RecordedStep): boolean {
  return summaryUpTo(step) !== undefined
}

/**
 * One model call of the native loop, streamed and given back whole. Aborting the signal ends it with the signal's reason;
 * whatever else goes wrong is a ModelFailure with the provider's words.
 */
export async function callModel(
  journal: Journal,
  tools: readonly LanguageModelV4FunctionTool[],
  signal: AbortSignal,
  options: Pick<CallOptions, Needed> & Partial<CallOptions> & { step?: RecordedStep },
): Promise<ModelReply> {
  const context = contextOf(journal)
  const asked: Asked = { context, step: options.step }
  const isPlain = !options.step || !isSummary(options.step)
  const call: LanguageModelV4CallOptions = {
    prompt: options.redactor.json(promptOf(journal, asked)),
    tools: isPlain ? tools.filter((tool) => context.tools.includes(tool.name)) : [],
    maxOutputTokens: longest(asked),
  }
  const told = { ...usual, ...options }
  const model = modelOf(asked)
  if (isRehearsed(model, context.isRehearsal))
    return await rehearse(context, { ...call, abortSignal: signal }, told, earlierMessages(journal))
  const worst = worstCase(journal, tools.map(described), options.step)
  const running = await telemetry()
  const where = { model, workspaceId: context.workspace.id }
  const { openFile } = options
  // Never masked and never told to a trace: bytes of a picture are what a person gave for this model.
  const seen = async () =>
    isPlain && openFile ? await withImages(call.prompt, { journal, context, model, openFile }) : call.prompt
  return await traced(
    running,
    { model, about: aboutCall(journal, context, call, running?.showsContents === true) },
    async () => callProvider(where, { ...call, prompt: await seen() }, { signal, worst, told }),
    (reply) => aboutReply(reply, running?.showsContents === true),
  )
}

async function rehearse(
  context: WorkContext,
  call: LanguageModelV4CallOptions,
  told: CallOptions,
  earlier: number,
): Promise<ModelReply> {
  const { peers, rehearsal: parts } = context
  const providerOptions = { rehearsal: { peers, parts, earlier } }
  const { answer, usage } = await ask(rehearsing, { ...call, providerOptions }, told)
  return { answer, usage: usageOf(usage, noTokens), isRehearsal: context.isRehearsal }
}

type Attempt = { signal: AbortSignal; worst: Usage; told: CallOptions }

async function callProvider(
  { model, workspaceId }: Parameters<ModelConnections>[0],
  call: LanguageModelV4CallOptions,
  { signal, worst, told }: Attempt,
): Promise<ModelReply> {
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(told.totalMs)])
  let apiKey: string | undefined
  try {
    const connection = await told.connections({ model, workspaceId })
    apiKey = connection.apiKey
    const { answer, usage, finish } = await ask(
      await connect(model, connection, told.idleMs ?? patienceFor(connection)),
      { ...call, prompt: withCaching(call.prompt, { speaks: connection.speaks, model }), abortSignal },
      told,
    )
    if (finish.raw === undefined) throw halfAnswer(answer.text)
    return { answer, usage: usageOf(usage, worst), isRehearsal: false }
  } catch (error) {
    if (signal.aborted) throw error
    throw toModelFailure(error, model.slice(0, Math.max(model.indexOf(':'), 0)) || model, {
      apiKey,
      redactor: told.redactor,
    })
  }
}

async function ask(model: LanguageModelV4, call: LanguageModelV4CallOptions, { onDelta, redactor }: CallOptions) {
  const { stream } = await model.doStream(call)
  return await collect(stream, { onDelta, redactor })
}

const noTokens: Usage = { inputTokens: 0, outputTokens: 0 }

/** Where a provider does not say what it counted, the worst is taken: in doubt it is charged. */
function usageOf({ inputTokens, outputTokens }: Awaited<ReturnType<typeof ask>>['usage'], worst: Usage): Usage {
  return {
    inputTokens: inputTokens.total ?? worst.inputTokens,
    outputTokens: outputTokens.total ?? worst.outputTokens,
    cacheReadTokens: inputTokens.cacheRead ?? 0,
    ...(inputTokens.cacheWrite !== undefined && { cacheWriteTokens: inputTokens.cacheWrite }),
  }
}

function described({ name, description = '', inputSchema }: LanguageModelV4FunctionTool) {
  return { name, description, inputSchema }
}

function contextOf(journal: Journal): WorkContext {
  return WorkContext.parse(journal.steps.find((step) => step.kind === 'context')?.output)
}

function longest({ context: { maxOutputTokens = usualOutputTokens }, step }: Asked): number {
  return step && isSummary(step) ? Math.min(maxOutputTokens, summaryTokens) : maxOutputTokens
}
