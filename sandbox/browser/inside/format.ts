import type { Inspect } from './inspect.ts'

export type Format = (args: readonly unknown[]) => string

/** What `console.log` and `util.format` make of their arguments: `%` marks first, the rest after it. Shipped as text. */
export function createFormat(inspect: Inspect): Format {
  function substitute(mark: string, value: unknown): string {
    if (mark === '%s') return typeof value === 'object' || typeof value === 'function' ? inspect(value, 0) : show(value)
    if (mark === '%c') return ''
    if (mark === '%j') return asJson(value)
    if (mark === '%o' || mark === '%O') return inspect(value, 4)
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value === 'symbol') return 'NaN'
    if (mark === '%d') return typeof value === 'object' ? 'NaN' : show(Number(value))
    if (mark === '%i') return show(Number.parseInt(String(value), 10))
    return show(Number.parseFloat(String(value)))
  }

  function asJson(value: unknown): string {
    try {
      return JSON.stringify(value) ?? 'undefined'
    } catch {
      return '[Circular]'
    }
  }

  function show(value: unknown): string {
    return typeof value === 'string' ? value : inspect(value)
  }

  return (args) => {
    const [first, ...rest] = args
    if (typeof first !== 'string') return args.map(show).join(' ')
    if (rest.length === 0) return first
    let next = 0
    const head = first.replace(/%[sdifjoOc%]/g, (mark) => {
      if (mark === '%%') return '%'
      if (next >= rest.length) return mark
      return substitute(mark, rest[next++])
    })
    return [head, ...rest.slice(next).map(show)].join(' ')
  }
}
