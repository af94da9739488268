import { AppError } from '#shared/kernel/app-error.ts'

/**
 * The lines of a stream of UTF-8, without their ends; only \n ends one (JSON may hold other line separators). One that grows
 * over the limit is refused, so that memory stays bounded.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, maxChars: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let open = ''
  for await (const chunk of chunks) {
    const parts = (open + decode(decoder, chunk)).split('\n')
    open = parts.pop() ?? ''
    yield* parts
    if (open.length > maxChars) throw new AppError('too-large', 'The file has a line that is too long.')
  }
  open += decode(decoder, undefined)
  if (open !== '') yield open
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch (cause) {
    throw new AppError('bad-input', 'The file is not text in UTF-8.', { cause })
  }
}
