import type { WebContainer } from '@webcontainer/api'
import { type Boot, defaultLimits, type Sandbox } from '../sandbox.ts'
import { createCompiler } from './compile.ts'
import { createContainerSession } from './container/session.ts'

export type WebContainersOptions = {
  /** Where its runtime is loaded from; the vendor's own host when not given. */
  readonly hostUrl?: string
  /** The vendor's key for commercial use. */
  readonly clientId?: string
  readonly bootTimeoutMs?: number
  /** Called when it answers after its time was up: it can be chosen from now on. */
  readonly onLate?: () => void
}

const vendorHost = 'https://stackblitz.com'

declare global {
  /** Read by the package when it makes its frame. */
  var WEBCONTAINER_API_IFRAME_URL: string | undefined
}

/**
 * Node in the browser, with npm, a terminal and previews in an origin of their own. Its runtime comes from another
 * company's host, so it is tried only where the server is configured for it, and never waited for longer than its time.
 */
export function createWebContainers(options: WebContainersOptions): Sandbox & { close(): Promise<void> } {
  const { hostUrl = vendorHost, bootTimeoutMs = 10_000 } = options
  return {
    name: 'WebContainers',
    capabilities: {
      languages: ['typescript', 'javascript'],
      ...{
        multiFile: true,
        processes: true,
        memoryLimit: false,
        exactColumns: true,
        tellsRejections: true,
        network: true,
        terminal: true,
        preview: true,
      },
      isolation: `A container in frames of ${new URL(hostUrl).host}: no access to this page. Its programs can reach the network.`,
    },
    async probe() {
      if (typeof document === 'undefined') return { state: 'unavailable', reason: 'It needs a browser page.' }
      if (crossOriginIsolated) return { state: 'available' }
      return {
        state: 'unavailable',
        reason: 'This page is not isolated from others, which it needs for shared memory.',
      }
    },
    async boot(given): Promise<Boot> {
      const reached = await reach(options, hostUrl, bootTimeoutMs)
      if (reached.state === 'unavailable') return reached
      sessions += 1
      const limits = { ...defaultLimits, ...given?.limits }
      const root = `session-${sessions}`
      return {
        state: 'ready',
        session: createContainerSession(reached.container, { root, limits, compiler: createCompiler('node') }),
      }
    },
    close: tearDown,
  }
}

/** A page has one container; sessions are folders in it. */
let starting: Promise<Started> | undefined
let sessions = 0
/** Its frame is made once a page, and answers once: each container of the page is made in it. */
let isReached = false
let isConfigured = false

type Started = { readonly booting: Promise<WebContainer>; container: WebContainer | undefined }
type Reached = { state: 'ready'; container: WebContainer } | { state: 'unavailable'; reason: string }

async function reach({ clientId, onLate }: WebContainersOptions, hostUrl: string, timeMs: number): Promise<Reached> {
  const isFirst = starting === undefined
  starting ??= start(hostUrl, clientId)
  const mine = starting
  const failed = (error: unknown): Reached => {
    if (starting === mine) starting = undefined
    return { state: 'unavailable', reason: `It could not start: ${error instanceof Error ? error.message : error}` }
  }
  const started = await mine.catch(failed)
  if ('state' in started) return started
  if (!isFirst && !isReached) askAgain(hostUrl)
  let isLate = false
  const reached = started.booting.then((container): Reached => {
    if (isLate) onLate?.()
    return { state: 'ready', container }
  }, failed)
  const { promise: waited, resolve } = Promise.withResolvers<Reached>()
  const timer = setTimeout(() => {
    isLate = true
    resolve({ state: 'unavailable', reason: tooLate(hostUrl, timeMs) })
  }, timeMs)
  const first = await Promise.race([reached, waited])
  clearTimeout(timer)
  return first
}

async function start(hostUrl: string, clientId: string | undefined): Promise<Started> {
  globalThis.WEBCONTAINER_API_IFRAME_URL = hostUrl
  const { configureAPIKey, WebContainer } = await import('@webcontainer/api')
  if (!isConfigured) {
    isConfigured = true
    if (clientId !== undefined) configureAPIKey(clientId)
    hearFrame(new URL(hostUrl).origin)
  }
  const booting = WebContainer.boot({ coep: 'require-corp', workdirName: 'project' })
  const made: Started = { booting, container: undefined }
  booting.then(
    (container) => {
      made.container = container
    },
    () => undefined,
  )
  return made
}

function hearFrame(origin: string): void {
  const hear = (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || !isInit(event.data)) return
    isReached = true
    removeEventListener('message', hear)
  }
  addEventListener('message', hear)
}

/** Ends the container with all that sessions left in it; one that has not begun yet holds nothing of anybody's. */
async function tearDown(): Promise<void> {
  const gone = await starting?.catch(() => undefined)
  if (gone?.container === undefined) return
  starting = undefined
  gone.container.teardown()
}

/** Its frame loads even where nothing answers, and then never settles; loading it anew is all that helps. */
function askAgain(hostUrl: string): void {
  for (const frame of document.querySelectorAll('iframe')) {
    if (URL.parse(frame.src)?.origin === new URL(hostUrl).origin) frame.src = `${frame.src}`
  }
}

function tooLate(hostUrl: string, timeMs: number): string {
  const { host } = new URL(hostUrl)
  const seconds = `${timeMs / 1000} s`
  return isReached
    ? `${host} answered, but did not start within ${seconds}.`
    : `${host} did not answer within ${seconds}.`
}

function isInit(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'init'
}
