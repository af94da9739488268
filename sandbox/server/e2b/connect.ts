/** Messages of a stream in the Connect protocol (version 1): a byte of flags, the length in four bytes, then JSON. */

const headerBytes = 5
const endOfStream = 0b10

export function envelope(message: unknown, flags = 0): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  const header = Buffer.alloc(headerBytes)
  header[0] = flags
  header.writeUInt32BE(body.length, 1)
  return Buffer.concat([header, body])
}

export function endEnvelope(error?: { code: string; message: string }): Buffer {
  return envelope(error ? { error } : {}, endOfStream)
}

/** The messages of a stream, until it says its end. Throws with the other side's words where the end is an error. */
export async function* readEnvelopes(body: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  let held: Buffer = Buffer.alloc(0)
  for await (const part of body) {
    held = Buffer.concat([held, part])
    while (held.length >= headerBytes) {
      const length = held.readUInt32BE(1)
      if (held.length < headerBytes + length) break
      const message: unknown = JSON.parse(held.toString('utf8', headerBytes, headerBytes + length) || '{}')
      const isEnd = ((held[0] ?? 0) & endOfStream) !== 0
      held = held.subarray(headerBytes + length)
      if (!isEnd) yield message
      else if (typeof message === 'object' && message !== null && 'error' in message)
        throw new Error(`the sandbox’s service says: ${JSON.stringify(message.error)}`)
      else return
    }
  }
  throw new Error('the stream broke off')
}
