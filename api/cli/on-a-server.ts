import { createTRPCClient, httpLink, isTRPCClientError, type TRPCClient } from '@trpc/client'
import { z } from 'zod'
import { AppError, ErrorShape } from '#shared/kernel/app-error.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { AppRouter } from '../router.ts'

/** A server elsewhere, in the one org that the key opens. */
export type Remote = {
  client: TRPCClient<AppRouter>
  orgId: OrgId
  /** What a route beside tRPC's answers, as it comes. */
  download(path: string): Promise<AsyncIterable<Buffer>>
}

/** Works on a server elsewhere. Its refusals are told as those of this machine. */
export async function onServer<T>(address: string, work: (remote: Remote) => Promise<T>): Promise<T> {
  const url = readAddress(address)
  // Never an argument: arguments are seen by everybody on the machine.
  const key = process.env.DELEGRAPH_API_KEY
  if (!key) {
    throw new AppError('unauthenticated', 'There is no key for that server.', {
      fix: 'Make one there (Settings, Keys) and set DELEGRAPH_API_KEY to it.',
    })
  }
  const headers = { authorization: `Bearer ${key}` }
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/api/trpc`, headers })] })
  try {
    const [org] = await client.orgs.list.query()
    if (!org) throw new AppError('not-found', 'The key opens no organisation.')
    return await work({ client, orgId: org.id, download: (path) => download(`${url}${path}`, headers) })
  } catch (error) {
    throw asAppError(error, url)
  }
}

async function download(url: string, headers: Record<string, string>): Promise<AsyncIterable<Buffer>> {
  const answer = await fetch(url, { headers, redirect: 'error' })
  if (answer.ok && answer.body) return chunksOf(answer.body)
  const told = Refusal.safeParse(await answer.json().catch(() => undefined))
  if (told.success) throw fromShape(told.data.error.data.appError)
  throw new AppError('unavailable', `The server answered with ${answer.status}.`)
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield Buffer.from(chunk)
}

const Refusal = z.object({ error: z.object({ data: z.object({ appError: ErrorShape }) }) })
const Told = z.object({ data: z.object({ appError: ErrorShape }) })

function asAppError(error: unknown, url: string): unknown {
  if (!isTRPCClientError(error)) return error instanceof TypeError ? unreachable(url, error) : error
  const told = Told.safeParse(error)
  return told.success ? fromShape(told.data.data.appError) : unreachable(url, error)
}

function fromShape({ code, message, field, fix }: ErrorShape): AppError {
  return new AppError(code, message, { ...(field && { field }), ...(fix && { fix }) })
}

function unreachable(url: string, cause: unknown): AppError {
  return new AppError('unavailable', `${url} does not answer as a Delegraph server.`, {
    fix: 'Look whether it runs and whether the address is right.',
    cause,
  })
}

/** A key travels in the clear only to this machine itself. */
function readAddress(address: string): string {
  const url = URL.parse(address)
  const isHere = url && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)) return url.origin
  throw new AppError('bad-input', `${address} is no address of a server.`, {
    fix: 'Give it as https://…; plain http is for this machine only.',
  })
}
