import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { nearestDifference } from './cassette-difference.ts'
import { type Call, readTape, type Tape, toCall, writeTape } from './cassette-file.ts'
import { type Redact, redactKeys } from './cassette-redact.ts'
import { failureOf, failureReply, Reply, resultReply, streamReply } from './cassette-reply.ts'

/** A call the cassette does not hold. */
export class CassetteMiss extends Error {
  override name = 'CassetteMiss'
}

/**
 * The model, with every call and what came of it written to a JSON file, redacted before it is written. Failures are
 * recorded like answers. A file that is there is begun anew.
 */
export function recordCassette(model: LanguageModelV4, path: string, redact: Redact = redactKeys): LanguageModelV4 {
  const tape: Tape = { version: 1, provider: model.provider, modelId: model.modelId, calls: [] }
  let written = writeTape(path, tape)
  const keep = async (how: Call['how'], options: LanguageModelV4CallOptions, reply: Reply) => {
    tape.calls.push({ ...toCall(how, options, redact), reply: Reply.parse(redact(reply)) })
    // One write after another, each of all that is known by then.
    written = written.then(() => writeTape(path, tape))
    await written
  }
  const failing = async (how: Call['how'], options: LanguageModelV4CallOptions, error: unknown) => {
    // That we gave up says nothing of the provider.
    if (!options.abortSignal?.aborted) await keep(how, options, failureReply(error))
    throw error
  }
  return {
    ...facts(model),
    doGenerate: async (options) => {
      const result = await Promise.resolve(model.doGenerate(options)).catch((error) =>
        failing('generate', options, error),
      )
      await keep('generate', options, resultReply(result))
      return result
    },
    doStream: async (options) => {
      const result = await Promise.resolve(model.doStream(options)).catch((error) => failing('stream', options, error))
      const parts: LanguageModelV4StreamPart[] = []
      const tap = new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
        transform(part, controller) {
          parts.push(part)
          controller.enqueue(part)
        },
        flush: () => keep('stream', options, streamReply(parts)),
      })
      return { ...result, stream: result.stream.pipeThrough(tap) }
    },
  }
}

/**
 * Plays a recorded file back, without a network: the same call gets what it got, in recorded order. A call that is not on it,
 * or is made once more than it was, is a `CassetteMiss` that names the nearest difference.
 */
export async function replayCassette(path: string, redact: Redact = redactKeys): Promise<LanguageModelV4> {
  const tape = await readTape(path)
  const left = [...tape.calls]
  const take = (how: Call['how'], options: LanguageModelV4CallOptions): Reply => {
    options.abortSignal?.throwIfAborted()
    const asked = toCall(how, options, redact)
    const index = left.findIndex((call) => call.hash === asked.hash)
    const [found] = index < 0 ? [] : left.splice(index, 1)
    if (!found) throw new CassetteMiss(`${path} has no such call. ${nearestDifference(asked, tape.calls)}`)
    if (found.reply.kind === 'failure') throw failureOf(found.reply)
    return found.reply
  }
  return {
    specificationVersion: 'v4',
    provider: tape.provider,
    modelId: tape.modelId,
    supportedUrls: {},
    doGenerate: async (options): Promise<LanguageModelV4GenerateResult> => {
      const reply = take('generate', options)
      if (reply.kind !== 'result') throw new CassetteMiss(`${path} holds a stream where an answer was asked for.`)
      return reply.result
    },
    doStream: async (options) => {
      const reply = take('stream', options)
      if (reply.kind !== 'stream') throw new CassetteMiss(`${path} holds an answer where a stream was asked for.`)
      return { stream: ReadableStream.from(reply.parts) }
    },
  }
}

function facts({ provider, modelId, supportedUrls }: LanguageModelV4) {
  return { specificationVersion: 'v4' as const, provider, modelId, supportedUrls }
}
