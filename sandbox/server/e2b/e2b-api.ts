import { z } from 'zod'
import { envelope, readEnvelopes } from './connect.ts'

export type E2bSettings = {
  readonly apiUrl: string
  readonly apiKey: string
  /** A template that has deno, python3 and node on its path. */
  readonly template: string
  /** Where sandboxes answer: `<port>-<id>.<domain>`. */
  readonly domain: string
  /** One address for all of them instead, as self-hosted and local installations have. */
  readonly sandboxUrl?: string
}

export type E2bSandbox = { readonly id: string; readonly url: string; readonly token: string | undefined }

const Created = z.object({ sandboxID: z.string(), envdAccessToken: z.string().nullish() })
const envdPort = 49_983

/**
 * The two surfaces of E2B, as version 2 of its JavaScript SDK speaks to them: the REST API for sandboxes (POST and DELETE
 * /sandboxes, X-API-Key), and envd within each, of a version whose process service has CloseStdin (spec/envd/process.proto of
 * e2b-dev/E2B): its files by HTTP, its processes by version 1 of the Connect protocol with JSON.
 */
export async function createSandbox(settings: E2bSettings, timeoutS: number, signal: AbortSignal): Promise<E2bSandbox> {
  const body = {
    ...{ templateID: settings.template, timeout: timeoutS, secure: true },
    // Its default is the whole internet.
    allow_internet_access: false,
    metadata: { by: 'delegraph' },
  }
  const answer = await fetch(`${settings.apiUrl}/sandboxes`, {
    ...{ method: 'POST', signal, body: JSON.stringify(body) },
    headers: { 'Content-Type': 'application/json', 'X-API-Key': settings.apiKey },
  })
  const { sandboxID: id, envdAccessToken } = Created.parse(await (await accepted(answer)).json())
  const url = settings.sandboxUrl ?? `https://${envdPort}-${id}.${settings.domain}`
  return { id, url, token: envdAccessToken ?? undefined }
}

export async function killSandbox({ apiUrl, apiKey }: E2bSettings, id: string): Promise<void> {
  await fetch(`${apiUrl}/sandboxes/${id}`, {
    ...{ method: 'DELETE', headers: { 'X-API-Key': apiKey }, signal: AbortSignal.timeout(10_000) },
  })
}

/** Is the key known there? Throws with the service's words where not. */
export async function askSandboxes({ apiUrl, apiKey }: E2bSettings): Promise<void> {
  const signal = AbortSignal.timeout(5_000)
  await accepted(await fetch(`${apiUrl}/sandboxes`, { headers: { 'X-API-Key': apiKey }, signal }))
}

export async function putFile(
  sandbox: E2bSandbox,
  path: string,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const form = new FormData()
  form.append('file', new Blob([Uint8Array.from(bytes)]), path)
  const query = new URLSearchParams({ path, username: 'root' })
  await accepted(
    await fetch(`${sandbox.url}/files?${query}`, { method: 'POST', body: form, headers: headersOf(sandbox), signal }),
  )
}

export type ProcessSpec = {
  readonly cmd: string
  readonly args: readonly string[]
  readonly envs: Readonly<Record<string, string>>
}

const Data = z.object({ stdout: z.string().optional(), stderr: z.string().optional() })
// Numbers that are zero and words that are empty are left out of JSON.
const End = z.object({
  exitCode: z.int().default(0),
  exited: z.boolean().default(false),
  status: z.string().default(''),
})
const Event = z.object({
  event: z.object({
    start: z.object({ pid: z.int() }).optional(),
    data: Data.optional(),
    end: End.optional(),
    keepalive: z.object({}).optional(),
  }),
})
export type ProcessEvent = z.infer<typeof Event>['event']

/** Starts a process with its input open, and tells its events until it ends. */
export async function* startProcess(
  sandbox: E2bSandbox,
  process: ProcessSpec,
  signal: AbortSignal,
): AsyncGenerator<ProcessEvent> {
  const answer = await fetch(`${sandbox.url}/process.Process/Start`, {
    ...{ method: 'POST', signal, body: Uint8Array.from(envelope({ process, stdin: true })) },
    headers: { ...headersOf(sandbox), ...connect, 'Content-Type': 'application/connect+json' },
  })
  const { body } = await accepted(answer)
  if (!body) throw new Error('the sandbox’s service sent no stream')
  for await (const message of readEnvelopes(body)) yield Event.parse(message).event
}

export async function sendInput(
  sandbox: E2bSandbox,
  pid: number,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const input = { stdin: Buffer.from(bytes).toString('base64') }
  await callProcess(sandbox, 'SendInput', { process: { pid }, input }, signal)
}

export async function closeInput(sandbox: E2bSandbox, pid: number, signal: AbortSignal): Promise<void> {
  await callProcess(sandbox, 'CloseStdin', { process: { pid } }, signal)
}

async function callProcess(sandbox: E2bSandbox, verb: string, message: unknown, signal: AbortSignal): Promise<void> {
  await accepted(
    await fetch(`${sandbox.url}/process.Process/${verb}`, {
      ...{ method: 'POST', signal, body: JSON.stringify(message) },
      headers: { ...headersOf(sandbox), ...connect, 'Content-Type': 'application/json' },
    }),
  )
}

const connect = { 'Connect-Protocol-Version': '1' }

/** The user's name stands in the basic authorisation; the token is what is believed. */
function headersOf({ id, token }: E2bSandbox): Record<string, string> {
  const user = `Basic ${Buffer.from('root:').toString('base64')}`
  return {
    Authorization: user,
    'E2b-Sandbox-Id': id,
    'E2b-Sandbox-Port': String(envdPort),
    ...(token && { 'X-Access-Token': token }),
  }
}

async function accepted(answer: Response): Promise<Response> {
  if (answer.ok) return answer
  const words = (await answer.text()).slice(0, 300)
  throw new Error(`the service refuses (${answer.status}): ${words}`)
}
