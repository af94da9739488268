import { AppError } from '#shared/kernel/app-error.ts'
import type { KeyTest, TestKey } from '#shared/secrets/contract.ts'
import { namesOfModel } from '#shared/secrets/model-keys.ts'
import { type Service, services, type TryAt } from '#shared/secrets/services.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { FetchFailure, safeFetch } from '../../kernel/safe-fetch.ts'
import { connectionFor, type OpenedSecret } from '../../models/connections.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { judgeAnswer } from './judge-answer.ts'
import { openVersion } from './open-values.ts'
import { requireTestPace } from './test-pace.ts'
import { selectFor } from './version-store.ts'

const patienceMs = 10_000
const maxBytes = 2_000_000

type Tested = Service & { tryAt: TryAt }

/**
 * One cheap request to the service itself, with the value given or, without one, the kept one. What comes back is told in a
 * word and a sentence; neither the value nor the body of the answer is.
 */
export async function testKey(context: OrgContext, input: Omit<TestKey, 'orgId'>): Promise<KeyTest> {
  requireMay(context, 'secrets.test')
  const service = requireTestable(input.service)
  const aim = await aimAt(context, service, input)
  if (aim.key !== undefined && !/^[\x21-\x7e]+$/.test(aim.key)) {
    return { outcome: 'refused', words: 'This is no key: it holds spaces, line ends or signs no key has.', tookMs: 0 }
  }
  requireTestPace(context)
  const begun = Date.now()
  const told = await ask(service, aim)
  return { ...told, tookMs: Date.now() - begun }
}

function requireTestable(id: string): Tested {
  const service = services.find((one) => one.id === id)
  if (service?.tryAt) return { ...service, tryAt: service.tryAt }
  throw new AppError('bad-input', 'A key of this service cannot be tried from here.', { field: 'service' })
}

type Aim = { url: URL; key: string | undefined; isAllowed: boolean }

async function aimAt(context: OrgContext, service: Tested, input: Omit<TestKey, 'orgId'>): Promise<Aim> {
  const opened = await openedFor(context, service, input)
  const { door, tryAt } = service
  if (door) {
    const { baseUrl, apiKey, isAllowed } = connectionFor(`${door.provider}:any`, opened)
    return { url: new URL(tryAt.url, `${baseUrl.replace(/\/+$/, '')}/`), key: apiKey, isAllowed }
  }
  const key = service.keys.map((name) => opened[name]?.value).find((value) => value !== undefined)
  if (key !== undefined) return { url: new URL(tryAt.url), key, isAllowed: false }
  throw new AppError('not-found', `No key of ${service.label} is set here.`, { field: 'value', fix: 'Paste one.' })
}

async function openedFor(
  context: OrgContext,
  service: Tested,
  { workspaceId, value }: Omit<TestKey, 'orgId'>,
): Promise<Record<string, OpenedSecret>> {
  const { db, orgId } = context
  const names = service.door ? namesOfModel(`${service.door.provider}:any`) : service.keys
  const kept = await inSnapshot(db, orgId, async (reader) => {
    if (workspaceId) await requireWorkspace(reader, workspaceId)
    return await selectFor(reader, workspaceId, names)
  })
  const wanted = value === undefined ? kept : kept.filter(({ name }) => !service.keys.includes(name))
  const opened = await Promise.all(
    wanted.map(async (one) => [one.name, { value: await openVersion(db, orgId, one), isOwn: one.isOwn }] as const),
  )
  const [suggested] = service.keys
  const given = value !== undefined && suggested ? { [suggested]: { value, isOwn: workspaceId !== null } } : {}
  return { ...Object.fromEntries(opened), ...given }
}

async function ask({ label, tryAt }: Tested, { url, key, isAllowed }: Aim): Promise<Omit<KeyTest, 'tookMs'>> {
  try {
    const headers = headersFor(tryAt, key)
    const signal = AbortSignal.timeout(patienceMs)
    const reach = { mayReachPrivate: isAllowed, idleMs: patienceMs, maxBytes }
    const response = await safeFetch(url, { headers, signal }, reach)
    return judgeAnswer(label, response.status, await response.text())
  } catch (error) {
    if (error instanceof FetchFailure) return { outcome: 'unreachable', words: error.message }
    if (error instanceof DOMException) {
      return { outcome: 'unreachable', words: `${label} did not answer within ${patienceMs / 1_000} seconds.` }
    }
    throw error
  }
}

function headersFor({ as }: TryAt, key: string | undefined): Record<string, string> {
  const asked = { accept: 'application/json', 'user-agent': 'delegraph' }
  if (key === undefined) return asked
  if (as === 'bearer') return { ...asked, authorization: `Bearer ${key}` }
  return { ...asked, [as]: key, ...(as === 'x-api-key' && { 'anthropic-version': '2023-06-01' }) }
}
