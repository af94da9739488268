import type { Sandbox } from '../sandbox.ts'
import { createFrameWorker } from './frame-worker.ts'

export type Choice =
  | {
      readonly state: 'chosen'
      readonly sandbox: Sandbox
      readonly backend: string
      /** For the badge, e.g. "frame-worker, no network". */
      readonly label: string
      readonly isolation: string
      readonly why: string
      readonly others: readonly OtherBackend[]
    }
  | { readonly state: 'none'; readonly reason: string; readonly others: readonly OtherBackend[] }

export type OtherBackend = { readonly name: string; readonly gives: string; readonly whyNot: string }

const others: readonly OtherBackend[] = [
  {
    name: 'WebContainers',
    gives: 'Node projects with npm packages, a terminal and a preview',
    whyNot: 'Not configured on this server. It loads its runtime from another company’s host.',
  },
]

/** Picks where snippets run in this browser, and says why, so that the badge never has to guess. */
export async function chooseSandbox(frameUrl = '/sandbox-frame'): Promise<Choice> {
  const sandbox = createFrameWorker({ frameUrl })
  const probe = await sandbox.probe()
  if (probe.state === 'unavailable') return { state: 'none', reason: probe.reason, others }
  const { isolation, network } = sandbox.capabilities
  return {
    state: 'chosen',
    sandbox,
    backend: sandbox.name,
    label: `${sandbox.name}, ${network ? 'with network' : 'no network'}`,
    isolation,
    why: 'It is built in, starts in a moment and sends your code nowhere.',
    others,
  }
}
