import type { OtherBackend } from '#sandbox/browser/choose.ts'
import type { Capabilities } from '#sandbox/sandbox.ts'

/** What the chosen backend can do, and why not more. */
export type Can = {
  /** `starting`, `ready`, or why there is none. */
  readonly state: string
  readonly backend:
    | { readonly name: string; readonly capabilities: Pick<Capabilities, 'preview' | 'terminal'> }
    | undefined
  readonly others: readonly OtherBackend[]
}
