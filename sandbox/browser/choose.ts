import type { Language, Limits, Probe, Sandbox } from '../sandbox.ts'
import { type Lack, lacksOf, whyHere } from './explain.ts'
import { createFrameWorker } from './frame-worker.ts'
import { createWebContainers, type WebContainersOptions } from './web-container.ts'

export type Choice =
  | {
      readonly state: 'chosen'
      /** The first that runs a language is the one it runs in. */
      readonly backends: readonly [Backend, ...Backend[]]
      readonly others: readonly OtherBackend[]
    }
  | { readonly state: 'none'; readonly reason: string; readonly others: readonly OtherBackend[] }

export type Backend = {
  readonly sandbox: Sandbox
  /** For the badge, e.g. "frame-worker, no network". */
  readonly label: string
}

export type OtherBackend = {
  readonly name: string
  readonly gives: string
  readonly whyNot: string
  /** Asks it once more, where it might answer now; what comes of it is heard as a change of the choice. */
  readonly askAgain?: () => void
}

export type ChooseOptions = {
  readonly frameUrl?: string
  /** Where WebContainers are loaded from, if this server lets them be. */
  readonly containers?: Omit<WebContainersOptions, 'onLate'>
  readonly limits?: Partial<Limits>
  /** Told when the choice becomes another: the containers are asked, answered, at once or late, or did not. */
  onChange?(choice: Choice): void
}

/**
 * Picks where code runs in this browser, and says why, so that the badge never has to guess. What is built in is chosen at
 * once; where containers are allowed they are asked for meanwhile, and take over when they answer. Where they did not, they
 * are asked again when the page comes online, or somebody wants it.
 */
export async function chooseSandbox(options: ChooseOptions = {}): Promise<Choice> {
  const { frameUrl = '/sandbox-frame', containers, onChange = () => undefined } = options
  const frame = createFrameWorker({ frameUrl })
  const probe = await frame.probe()
  if (containers === undefined) return chosen(frame, probe, notConfigured)
  const answered = new AbortController()
  const takeOver = () => {
    answered.abort()
    onChange(both(containerOf(tried), frame))
  }
  const tried = createWebContainers({ ...containers, onLate: takeOver })
  const possible = await tried.probe()
  if (possible.state === 'unavailable') return chosen(frame, probe, possible.reason)

  let asks = 0
  const ask = async () => {
    asks += 1
    const mine = asks
    const boot = await tried.boot({})
    if (boot.state === 'ready') {
      boot.session.dispose()
      return takeOver()
    }
    if (mine === asks) onChange(chosen(frame, probe, `${boot.reason} ${later}`, askAgain))
  }
  const askAgain = () => {
    onChange(chosen(frame, probe, beingAsked))
    void ask()
  }
  addEventListener('online', askAgain, { signal: answered.signal })
  void ask()
  return chosen(frame, probe, beingAsked)
}

const beingAsked = 'They are being asked; they take over when they answer.'
const later = 'If they answer later, they take over.'

/** Where a language runs under this choice, why it does, and what it has not there, in words. */
export function backendFor(
  { backends }: Extract<Choice, { state: 'chosen' }>,
  language: Language,
): (Backend & { readonly why: string; readonly lacks: readonly Lack[] }) | undefined {
  const found = backends.find(({ sandbox }) => sandbox.capabilities.languages.includes(language))
  if (found === undefined) return undefined
  const places = backends.map(({ sandbox }) => sandbox)
  return { ...found, why: whyHere(found.sandbox, places, language), lacks: lacksOf(found.sandbox, language) }
}

const notConfigured =
  'This server does not offer them: they load their runtime from another company’s host. Its operator turns them on with DELEGRAPH_WEBCONTAINERS.'

function chosen(frame: Sandbox, probe: Probe, whyNot: string, askAgain?: () => void): Choice {
  const gives = 'Node projects with npm packages, a terminal and a preview'
  const others = [{ name: 'WebContainers', gives, whyNot, ...(askAgain && { askAgain }) }]
  if (probe.state === 'unavailable') return { state: 'none', reason: probe.reason, others }
  return { state: 'chosen', backends: [frameOf(frame)], others }
}

function both(containers: Backend, frame: Sandbox): Choice {
  return { state: 'chosen', backends: [containers, frameOf(frame)], others: [] }
}

function frameOf(sandbox: Sandbox): Backend {
  return { sandbox, label: `${sandbox.name}, no network` }
}

function containerOf(sandbox: Sandbox): Backend {
  return { sandbox, label: `${sandbox.name}, with network` }
}
