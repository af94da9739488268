import { setTimeout as sleep } from 'node:timers/promises'
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import { type Performance, play } from './play.ts'
import { readScene } from './scene.ts'

/**
 * A language model without a key, a network or chance: it plays a script or the shape of the organisation. Its words must
 * be labelled as a rehearsal wherever they are shown.
 */
export const rehearsalModel: LanguageModelV4 = {
  specificationVersion: 'v4',
  provider: 'delegraph',
  modelId: 'rehearsal',
  supportedUrls: {},
  doGenerate: generate,
  doStream: async (options) => {
    options.abortSignal?.throwIfAborted()
    return { stream: ReadableStream.from(streamOf(options)) }
  },
}

async function generate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
  const performance = play(readScene(options))
  options.abortSignal?.throwIfAborted()
  if (performance.delayMs > 0) await sleep(performance.delayMs, undefined, { signal: options.abortSignal })
  return resultOf(performance, options)
}

function resultOf(performance: Performance, options: LanguageModelV4CallOptions): LanguageModelV4GenerateResult {
  if (performance.kind === 'fails') throw new Error(performance.reason)
  const content: LanguageModelV4Content[] = []
  if (performance.text !== '') content.push({ type: 'text', text: performance.text })
  for (const { id, name, args } of performance.calls) {
    content.push({ type: 'tool-call', toolCallId: id, toolName: name, input: args })
  }
  return {
    content,
    finishReason: { unified: performance.calls.length > 0 ? 'tool-calls' : 'stop', raw: undefined },
    usage: estimate(JSON.stringify(options.prompt), JSON.stringify(content), toldTokens(performance.tokens, options)),
    warnings: [],
  }
}

/** Like a real model it never goes past the limit of the call. */
function toldTokens(tokens: number | null, { maxOutputTokens }: LanguageModelV4CallOptions): number | null {
  return tokens === null ? null : Math.min(tokens, maxOutputTokens ?? tokens)
}

/** Four characters a token, as an honest estimate; a rehearsal costs nothing. */
function estimate(read: string, written: string, told: number | null): LanguageModelV4Usage {
  const input = Math.ceil(read.length / 4)
  const output = told ?? Math.ceil(written.length / 4)
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: output, reasoning: 0 },
  }
}

/** At most this often a second words come, as they do from a model that thinks. */
const stepMs = 50

/** A pause is spread over the words, so that they are seen to come; which words come does not depend on it. */
async function* streamOf(options: LanguageModelV4CallOptions): AsyncGenerator<LanguageModelV4StreamPart> {
  const performance = play(readScene(options))
  const { delayMs } = performance
  const pause = (ms: number) => sleep(ms, undefined, { signal: options.abortSignal })
  const words = performance.kind === 'fails' ? [] : (performance.text.match(/\S+\s*|\s+/g) ?? [])
  const groups = Math.min(words.length, Math.ceil(delayMs / stepMs))
  if (groups === 0 && delayMs > 0) await pause(delayMs)
  const result = resultOf(performance, options)
  yield { type: 'stream-start', warnings: [] }
  if (words.length > 0) yield { type: 'text-start', id: 'text' }
  for (const [index, delta] of words.entries()) {
    const isNextGroup =
      groups > 0 && Math.floor((index * groups) / words.length) !== Math.floor(((index - 1) * groups) / words.length)
    if (isNextGroup) await pause(delayMs / groups)
    yield { type: 'text-delta', id: 'text', delta }
  }
  if (words.length > 0) yield { type: 'text-end', id: 'text' }
  for (const part of result.content) if (part.type === 'tool-call') yield part
  yield { type: 'finish', usage: result.usage, finishReason: result.finishReason }
}
