import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider'
import { ModelAnswer } from '#shared/delegations/journal.ts'
import type { Redactor } from '../../kernel/redact/create-redactor.ts'
import { ModelFailure } from './model-failure.ts'

type Collected = { answer: ModelAnswer; usage: LanguageModelV4Usage; finish: LanguageModelV4FinishReason }

/** No answer within the limit of a call is as long as this. */
const maxChars = 2_000_000

type Hearing = { redactor: Redactor; onDelta: (text: string) => void }

/**
 * One whole answer from a stream, its secrets masked, those too that were split over its parts. What ends without its end is
 * no answer, however much of it came.
 */
export async function collect(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  { redactor, onDelta }: Hearing,
): Promise<Collected> {
  const words = redactor.stream()
  const tell = (text: string) => void (text !== '' && onDelta(text))
  const texts: string[] = []
  const calls: ModelAnswer['calls'] = []
  let chars = 0
  for await (const part of stream) {
    if (part.type === 'error') throw isCutOff(part.error) ? halfAnswer(redactor.text(texts.join(''))) : part.error
    if (part.type === 'tool-call') {
      calls.push({ id: plain(part.toolCallId), name: plain(part.toolName), args: plain(part.input) })
    }
    if (part.type === 'text-delta') {
      texts.push(part.delta)
      tell(words.push(part.delta))
    }
    chars += 'delta' in part ? part.delta.length : 0
    if (chars > maxChars) throw tooLong()
    if (part.type !== 'finish') continue
    tell(words.end())
    const answer = ModelAnswer.parse({ text: plain(texts.join('')), calls, finish: part.finishReason.unified })
    return { answer: redactor.json(answer), usage: part.usage, finish: part.finishReason }
  }
  throw halfAnswer(redactor.text(texts.join('')))
}

/** The stream ended in good order, but the model had not come to an end. */
export function halfAnswer(text: string): ModelFailure {
  const said = text.trim() === '' ? '' : ` It had said: ${text.trim()}`
  return new ModelFailure(`The answer broke off before its end.${said}`.slice(0, 4_000), {
    kind: 'cut',
    billing: 'unknown',
    retry: { afterMs: 1_000 },
  })
}

/** Some clients report a missing end as a fault of the answer; that is what it was called by, there is no better sign. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && /ended without a finish reason/.test(error.message)
}

function tooLong(): ModelFailure {
  const text = `The answer was longer than ${maxChars.toLocaleString('en')} characters, far past the limit it was given.`
  return new ModelFailure(text, { kind: 'too-large', billing: 'unknown', retry: null })
}

/** Postgres keeps no NUL character in text or json. */
function plain(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
