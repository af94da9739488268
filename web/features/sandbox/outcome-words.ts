import type { RunOutcome } from '#sandbox/sandbox.ts'

type Kind = RunOutcome['kind']

const words: Readonly<Record<Kind, string>> = {
  completed: 'Completed',
  failed: 'Failed',
  exited: 'Ended with a code',
  'out-of-memory': 'Memory limit reached',
  'timed-out': 'Time limit reached',
  stopped: 'Stopped',
  'output-limit': 'Output limit reached',
  crashed: 'Crashed',
  unavailable: 'Could not run',
}

/** A recorded end in a few words, with the glyph that goes with it; what a newer version recorded is shown as it is. */
export function outcomeWords(outcome: string): { word: string; state: 'completed' | 'failed' | 'cancelled' } {
  const word = isKind(outcome) ? words[outcome] : outcome
  return { word, state: outcome === 'completed' ? 'completed' : outcome === 'stopped' ? 'cancelled' : 'failed' }
}

function isKind(outcome: string): outcome is Kind {
  return Object.hasOwn(words, outcome)
}
