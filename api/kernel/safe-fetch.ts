import { lookup } from 'node:dns'
import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isPrivateAddress } from '#sandbox/server/network/private-addresses.ts'

export type Reach = {
  /** True only for addresses that the operator of this server gave. */
  mayReachPrivate: boolean
  /** So long may the other side say nothing. */
  idleMs: number
  maxBytes: number
}

type Trouble = 'not-sent' | 'silent' | 'too-large' | 'cut'

/** What went wrong on the way: `not-sent` means that no connection came about, so nothing left the server. */
export class FetchFailure extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble, message: string, cause?: unknown) {
    super(message, { cause })
    this.trouble = trouble
  }
}

export type SafeInit = {
  method?: string | undefined
  headers?: Headers | Record<string, string> | undefined
  body?: string | undefined
  signal?: AbortSignal | undefined
}

/**
 * The one way out of the server. Redirects are given back and not followed, the address is checked where the connection is
 * made, so that a name cannot point elsewhere in between, and both silence and length have an end.
 */
export async function safeFetch(url: URL, init: SafeInit, reach: Reach): Promise<Response> {
  init.signal?.throwIfAborted()
  const arrived = await send(url, init, reach)
  const status = arrived.statusCode ?? 0
  const headers = new Headers()
  for (const [name, values] of Object.entries(arrived.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  const isBare = status === 204 || status === 205 || status === 304
  const body = isBare ? null : ReadableStream.from(readBody(arrived, url, init, reach))
  return new Response(body, { status, statusText: arrived.statusMessage ?? '', headers })
}

function send(url: URL, { method, headers, body, signal }: SafeInit, reach: Reach): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw notSent(url, 'only http and https are spoken')
  if (!reach.mayReachPrivate && isPrivateAddress(hostOf(url)))
    throw notSent(url, 'it is a private address, which the operator of this server does not allow')
  const request = url.protocol === 'https:' ? requestSecure : requestPlain
  return new Promise((resolve, reject) => {
    let isConnected = false
    const sent = request(url, {
      method: method ?? 'GET',
      headers: { ...Object.fromEntries(new Headers(headers)), 'accept-encoding': 'identity' },
      agent: false,
      timeout: reach.idleMs,
      signal,
      ...(reach.mayReachPrivate ? {} : { lookup: lookupPublic }),
    })
    sent.on('socket', (socket) => socket.once('connect', () => (isConnected = true)))
    sent.on('timeout', () => sent.destroy(silent(url, reach)))
    sent.on('response', resolve)
    sent.on('error', (error) => {
      if (signal?.aborted) return reject(signal.reason)
      if (!isConnected) return reject(notSent(url, wordsOf(error), error))
      reject(error instanceof FetchFailure ? error : new FetchFailure('cut', cutOff(url), error))
    })
    sent.end(body)
  })
}

async function* readBody(arrived: IncomingMessage, url: URL, { signal }: SafeInit, reach: Reach) {
  let bytes = 0
  try {
    for await (const chunk of arrived) {
      if (!(chunk instanceof Uint8Array)) continue
      bytes += chunk.byteLength
      if (bytes > reach.maxBytes) throw tooLarge(url, reach)
      yield chunk
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    throw error instanceof FetchFailure ? error : new FetchFailure('cut', cutOff(url), error)
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function notSent(url: URL, why: string, cause?: unknown): FetchFailure {
  return new FetchFailure('not-sent', `${url.host} cannot be reached: ${why}.`, cause)
}

function silent(url: URL, { idleMs }: Reach): FetchFailure {
  return new FetchFailure('silent', `${url.host} said nothing for ${idleMs / 1_000} seconds.`)
}

function tooLarge(url: URL, { maxBytes }: Reach): FetchFailure {
  return new FetchFailure('too-large', `${url.host} sent more than the ${maxBytes.toLocaleString('en')} bytes allowed.`)
}

function cutOff(url: URL): string {
  return `${url.host} ended the connection in the middle of the answer.`
}

function wordsOf(error: Error & { code?: string }): string {
  if (error.code === 'ECONNREFUSED') return 'the connection was refused (ECONNREFUSED)'
  if (error.code === 'ENOTFOUND') return 'nobody knows this name (ENOTFOUND)'
  return error.message || (error.code ?? 'no connection')
}

const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '', 0)
    const [first] = found
    if (!first || found.some(({ address }) => isPrivateAddress(address))) {
      return callback(
        new Error(`${hostname} is a private address, which the operator of this server does not allow`),
        '',
        0,
      )
    }
    if (options.all) return callback(null, found)
    callback(null, first.address, first.family)
  })
}
