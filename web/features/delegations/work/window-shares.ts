import type { ModelWindow } from '#shared/delegations/window-contract.ts'

type Part = Pick<ModelWindow['parts'][number], 'kind' | 'tokens'>

/** How much of the window each kind takes, in percent, in the order in which they first come. */
export function sharesOf<P extends Part>(parts: readonly P[]): { kind: P['kind']; percent: number }[] {
  const sums = new Map<P['kind'], number>()
  for (const { kind, tokens } of parts) sums.set(kind, (sums.get(kind) ?? 0) + tokens)
  const whole = [...sums.values()].reduce((sum, one) => sum + one, 0)
  return [...sums].map(([kind, tokens]) => ({ kind, percent: whole === 0 ? 0 : (tokens / whole) * 100 }))
}
