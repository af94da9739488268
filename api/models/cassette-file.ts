import { createHash } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { z } from 'zod'
import { canonicalJson } from '#shared/delegations/canonical.ts'
import type { Redact } from './cassette-redact.ts'
import { Reply } from './cassette-reply.ts'

const Call = z.object({
  how: z.enum(['generate', 'stream']),
  /** Of the request as it is written here, so that a secret in it makes no difference. */
  hash: z.string(),
  request: z.record(z.string(), z.unknown()),
})
export type Call = z.infer<typeof Call>

const Tape = z.object({
  version: z.literal(1),
  provider: z.string(),
  modelId: z.string(),
  calls: z.array(Call.extend({ reply: Reply })),
})
export type Tape = z.infer<typeof Tape>

/** What counts of a call: all that is said to the model, and nothing of how it travels. */
export function toCall(how: Call['how'], options: LanguageModelV4CallOptions, redact: Redact): Call {
  const { abortSignal: _signal, headers: _headers, ...said } = options
  const request = z.record(z.string(), z.unknown()).parse(JSON.parse(canonicalJson(redact(said))))
  const hash = createHash('sha256')
    .update(`${how} ${canonicalJson(request)}`)
    .digest('hex')
  return { how, hash, request }
}

/** Throws where the file is missing or no cassette. */
export async function readTape(path: string): Promise<Tape> {
  return Tape.parse(JSON.parse(await readFile(path, 'utf8')))
}

/** Whole or not at all. */
export async function writeTape(path: string, tape: Tape): Promise<void> {
  const beside = `${path}.new`
  await writeFile(beside, `${JSON.stringify(tape, null, 2)}\n`)
  await rename(beside, path)
}
