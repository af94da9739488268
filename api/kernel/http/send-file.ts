import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'

type Sent = { name: string; type: string; contents: AsyncIterable<string | Buffer> }

/** Streams a file that is made while it is sent; a slow reader slows the making. */
export async function sendFile(res: Response, { name, type, contents }: Sent): Promise<void> {
  const plain = name.replace(/[^\w.-]+/g, '-')
  res.status(200).set({
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Cache-Control': 'no-store',
  })
  await pipeline(Readable.from(contents), res).catch(unlessLeft)
}

/** Who closes the page does not want the rest. */
function unlessLeft(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return
  throw error
}
