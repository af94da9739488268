import type { OpenStep, TurnView } from '#shared/chat/contract.ts'

/** What running work does at the moment. */
export function doesNow(open: readonly OpenStep[]): string {
  const running = open.filter(({ state }) => state === 'running' || state === 'pending')
  const tools = [...new Set(running.filter(({ kind }) => kind === 'tool').map(({ name }) => name))]
  if (tools.length > 0) return `Calls ${tools.join(', ')}`
  return running.some(({ kind }) => kind === 'model') ? 'Writing' : 'Running'
}

/** Said only where something is missing: the model did not see all of the conversation. */
export function earlierWords({ given, leftOut }: TurnView['earlier']): string | undefined {
  if (leftOut === 0) return undefined
  const before = leftOut === 1 ? 'The first turn' : `The first ${leftOut} turns`
  return `${before} of this conversation ${leftOut === 1 ? 'was' : 'were'} left out; the model was given the last ${given}.`
}
