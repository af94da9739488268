import type { ServerResponse } from 'node:http'

/** One turn of a model, as a stand-in says it. */
export type Turn = {
  texts?: readonly string[]
  calls?: readonly { id: string; name: string; args: string }[]
  usage?: { input: number; output: number; cacheRead?: number; cacheWrite?: number }
  /** Ends the connection's answer after this many pieces, without the end of the answer. */
  cutAfter?: number
}

/** How one provider speaks: its real wire format, no more of it than our calls use. */
export type Wire = {
  provider: string
  /** As a config names it. */
  model: string
  /** What the org keeps, so that the model is asked here. */
  secrets(port: number, key: string): { name: string; value: string }[]
  path: RegExp
  /** Whether the request carries the key where this provider expects it. */
  carries(headers: Readonly<Record<string, string | string[] | undefined>>, key: string): boolean
  type: string
  /** The answer in the pieces it is streamed in. */
  pieces(turn: Turn): (string | Buffer)[]
  refusal(status: number, message: string): object
}

/** Answers in the provider's format, piece by piece. */
export function speak(response: ServerResponse, wire: Wire, turn: Turn): void {
  response.writeHead(200, { 'content-type': wire.type })
  const pieces = wire.pieces(turn)
  for (const piece of pieces.slice(0, turn.cutAfter ?? pieces.length)) response.write(piece)
  response.end()
}

export function refuse(response: ServerResponse, wire: Wire, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' })
  response.end(JSON.stringify(wire.refusal(status, message)))
}

export function sse(data: object, event?: string): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`
}

export const usual = { input: 100, output: 20 }

export function bearer(headers: Readonly<Record<string, string | string[] | undefined>>, key: string): boolean {
  return headers.authorization === `Bearer ${key}`
}
