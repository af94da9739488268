import { attack, type Canaries, type HostileCase, type Target } from './hostile/case.ts'
import { pythonAttacks } from './hostile/pythons.ts'
import { scriptAttacks } from './hostile/scripts.ts'
import type { Capabilities, Session } from './sandbox.ts'

export type Attack = { readonly name: string; run(session: Session, canaries: Canaries): Promise<void> }

/**
 * Every attack a backend has to stand. A stand-in has no walls of its own, so it names the targets it may be asked for:
 * the rest would be done to the machine that stands in.
 */
export function hostileCases(capabilities: Capabilities, targets: readonly Target[] = everything): readonly Attack[] {
  return attacks
    .filter(({ target, when }) => targets.includes(target) && (when === undefined || when(capabilities)))
    .map((found) => ({ name: found.name, run: (session, canaries) => attack(found, session, canaries) }))
}

const everything: readonly Target[] = ['time', 'memory', 'files', 'processes', 'page', 'network', 'siblings']

const attacks: readonly HostileCase[] = [...scriptAttacks, ...pythonAttacks]
