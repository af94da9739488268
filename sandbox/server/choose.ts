import type { Capabilities, Language, Probe, Sandbox } from '../sandbox.ts'
import { createBubblewrap } from './bubblewrap.ts'
import { createDocker } from './docker/docker.ts'
import { findLeftOvers, removeLeftOvers } from './docker/left-overs.ts'
import { createE2b } from './e2b/e2b.ts'
import { createMicroVm } from './microvm/microvm.ts'
import { createQuickJs } from './quickjs/quickjs.ts'
import { type BackendName, backendNames, type ServerSettings, serverSettings } from './settings.ts'

export type ServerChoice =
  | { readonly state: 'chosen'; readonly sandbox: Sandbox; readonly why: string }
  | { readonly state: 'none'; readonly reason: string }

/** What a job cannot do without. */
export type JobNeeds = {
  readonly language?: Language
  /** Standard input, files of bytes, an exit code. */
  readonly process?: boolean
  /** A command over a whole project. */
  readonly project?: boolean
  /** Hosts that it may reach. */
  readonly network?: boolean
}

/** One place, for people: what doctor prints and the screen shows. */
export type BackendReport = {
  readonly name: BackendName
  readonly isUsable: boolean
  /** The one that jobs go to, as far as it can do what they need. */
  readonly isChosen: boolean
  /** What keeps the code in, where it is usable; else why it is not, and how to get it. */
  readonly words: string
  readonly gives: string
}

type Closable = Sandbox & { close(): void }
const made = new Map<BackendName, Closable>()

/**
 * Where agents' programs run on this machine; asked anew each time, for what is missing may be installed meanwhile. Without a
 * place that keeps them away from everything there is none. The small engine for pure compute stands in only for jobs that
 * need nothing more, and only where no place was named: nothing ever runs with weaker walls than it needs.
 */
export async function chooseServerSandbox(needs: JobNeeds = {}, settings = serverSettings()): Promise<ServerChoice> {
  const { named } = settings
  const wanted = named ?? 'bubblewrap'
  const first = await probed(wanted, settings)
  if ('sandbox' in first && first.probe.state === 'available') {
    const lacking = whatLacks(first.sandbox.capabilities, needs)
    if (lacking) return { state: 'none', reason: `${wanted} ${lacking}` }
    return { state: 'chosen', sandbox: first.sandbox, why: whyChosen(wanted, named !== undefined) }
  }
  const reason = reasonOf(first)
  if (named !== undefined) return { state: 'none', reason: `${named} was named for this server. ${reason}` }
  const engine = make('quickjs', settings)
  const lacking = engine && whatLacks(engine.capabilities, needs)
  if (!engine || lacking) return { state: 'none', reason }
  return { state: 'chosen', sandbox: engine, why: `It only computes, and this needs no more. ${reason}` }
}

/** Every place there is, usable here or not. */
export async function listServerSandboxes(settings = serverSettings()): Promise<readonly BackendReport[]> {
  const choice = await chooseServerSandbox({}, settings)
  const chosen = choice.state === 'chosen' ? choice.sandbox.name : undefined
  const reports: BackendReport[] = []
  for (const name of backendNames) {
    const found = await probed(name, settings)
    const isUsable = 'sandbox' in found && found.probe.state === 'available'
    const words = isUsable ? found.sandbox.capabilities.isolation : reasonOf(found)
    reports.push({ ...{ name, isUsable, isChosen: name === chosen, words }, gives: gives[name] })
  }
  return reports
}

/** Takes away what servers that were killed left running elsewhere; gives how much. Throws where the place does not answer. */
export async function clearServerSandbox({ docker } = serverSettings()): Promise<number> {
  return docker ? await removeLeftOvers(docker.endpoint) : 0
}

/** How much that would be. */
export async function countLeftOvers({ docker } = serverSettings()): Promise<number> {
  return docker ? (await findLeftOvers(docker.endpoint)).length : 0
}

/** Ends what waits for programs. */
export function closeServerSandbox(): void {
  process.off('exit', closeServerSandbox)
  for (const sandbox of made.values()) sandbox.close()
  made.clear()
}

const gives: Readonly<Record<BackendName, string>> = {
  bubblewrap:
    'TypeScript, JavaScript, Python and Node projects; hosts from a list; about 50 ms to begin, 5 from the pool',
  docker: 'the same without a network, in containers with a kernel of their own (gVisor), on any engine you can reach',
  e2b: 'the same without a network, in virtual machines of another company; nothing to install here',
  microvm: 'the same without a network, in virtual machines on this server',
  quickjs: 'JavaScript and TypeScript that only compute, on every machine',
}

type Probed = { readonly sandbox: Sandbox; readonly probe: Probe } | { readonly reason: string }

async function probed(name: BackendName, settings: ServerSettings): Promise<Probed> {
  const sandbox = make(name, settings)
  return sandbox ? { sandbox, probe: await sandbox.probe() } : { reason: notConfigured[name] ?? '' }
}

function reasonOf(found: Probed): string {
  if ('reason' in found) return found.reason
  return found.probe.state === 'unavailable' ? found.probe.reason : ''
}

const notConfigured: Partial<Record<BackendName, string>> = {
  docker:
    'Not configured. Name an engine in DELEGRAPH_SANDBOX_DOCKER (unix:///var/run/docker.sock) and an image in DELEGRAPH_SANDBOX_DOCKER_IMAGE.',
  e2b: 'Not configured. Name a template in DELEGRAPH_SANDBOX_E2B and give a key in E2B_API_KEY.',
}

function make(name: BackendName, settings: ServerSettings): Closable | undefined {
  const kept = made.get(name)
  if (kept) return kept
  const sandbox = create(name, settings)
  if (!sandbox) return undefined
  if (made.size === 0) process.once('exit', closeServerSandbox)
  made.set(name, sandbox)
  return sandbox
}

function create(name: BackendName, { docker, e2b, microVm }: ServerSettings): Closable | undefined {
  switch (name) {
    case 'bubblewrap':
      return createBubblewrap()
    case 'quickjs':
      return createQuickJs()
    case 'docker':
      return docker && createDocker(docker)
    case 'e2b':
      return e2b && createE2b(e2b)
    case 'microvm':
      return createMicroVm(microVm ?? unnamedMicroVm)
    default:
      return name satisfies never
  }
}

/** So that it is said what of it is there already. */
const unnamedMicroVm = { firecracker: ['/usr/local/bin/firecracker'], kernel: '', rootfs: '' } as const

function whyChosen(name: BackendName, isNamed: boolean): string {
  if (isNamed) return `The operator of this server named ${name}, and it can be used.`
  return 'Bubblewrap is there, and this machine can limit memory and processes.'
}

/** In words that follow the name of the place; undefined where it has all that is needed. */
function whatLacks(capabilities: Capabilities, { language, process, project, network }: JobNeeds): string | undefined {
  if (language && !capabilities.languages.includes(language)) return `does not run ${language}.`
  if (project && capabilities.projects !== true) return 'runs no whole projects.'
  if (process && !capabilities.processes) return 'only computes: it has no standard input and no files of bytes.'
  if (network && capabilities.network === false) return 'has no network to give.'
  return undefined
}
