import type { Case, Need } from './contract/case.ts'
import { codeCases } from './contract/code.ts'
import { endingCases } from './contract/endings.ts'
import { outputCases } from './contract/output.ts'
import { processCases } from './contract/processes.ts'
import { pythonCases } from './contract/python.ts'
import { shimCases } from './contract/shims.ts'
import type { Capabilities, Limits } from './sandbox.ts'

/** A promise of the port. It resolves when the backend keeps it and throws, saying what came instead, when not. */
export type ContractCase = Pick<Case, 'name' | 'run'>

/**
 * Boot a session with these for every case: small enough that each limit is met within a second. Cases about time bring a
 * limit of their own; this one is for a busy machine.
 */
export const contractLimits: Limits = {
  timeMs: 20_000,
  outputBytes: 20_000,
  fileBytes: 50_000,
  memoryBytes: 192 * 1024 * 1024,
  processCount: 48,
}

/** What every backend must do, whatever stands behind it; cases for what it says it cannot do are left out. */
export function contractCases(capabilities: Capabilities): readonly ContractCase[] {
  return cases
    .filter(({ needs }) => needs === undefined || meets(capabilities, needs))
    .map(({ name, run }) => ({ name, run }))
}

function meets(capabilities: Capabilities, need: Need): boolean {
  if (need === 'shims') return capabilities.shims === true
  if (need === 'javascript' || need === 'typescript' || need === 'python') return capabilities.languages.includes(need)
  return capabilities[need]
}

const cases: readonly Case[] = [
  ...outputCases,
  ...codeCases,
  ...processCases,
  ...shimCases,
  ...pythonCases,
  ...endingCases,
]
