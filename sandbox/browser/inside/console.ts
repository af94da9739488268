import type { Format } from './format.ts'
import type { Inspect } from './inspect.ts'

export type Write = (stream: 'stdout' | 'stderr', text: string) => void

/** A console with Node's habits: `%` formats, groups that indent, warnings and errors on stderr. Shipped as text. */
export function createConsole(
  write: Write,
  inspect: Inspect,
  format: Format,
  now: () => number,
): Readonly<Record<string, unknown>> {
  const counts = new Map<string, number>()
  const timers = new Map<string, number>()
  let indent = ''

  const line = (stream: 'stdout' | 'stderr', args: readonly unknown[]) => {
    const text = format(args)
    write(stream, `${indent}${indent === '' ? text : text.replaceAll('\n', `\n${indent}`)}\n`)
  }
  const out = (...args: unknown[]) => line('stdout', args)
  const err = (...args: unknown[]) => line('stderr', args)
  const indentMore = (...args: unknown[]) => {
    if (args.length > 0) out(...args)
    indent += '  '
  }
  const elapsed = (label: string) => {
    const start = timers.get(label)
    return start === undefined ? undefined : `${label}: ${(now() - start).toFixed(3)}ms`
  }

  function table(data: unknown): string | undefined {
    if (typeof data !== 'object' || data === null) return undefined
    const rows = data instanceof Map || data instanceof Set ? [...data] : data
    const entries = Object.entries(rows)
    const columns: string[] = []
    let hasValues = false
    for (const [, row] of entries) {
      if (typeof row !== 'object' || row === null) hasValues = true
      else for (const key of Object.keys(row)) if (!columns.includes(key)) columns.push(key)
    }
    const header = ['(index)', ...columns, ...(hasValues ? ['Values'] : [])]
    const body = entries.map(([index, row]) => {
      const isRow = typeof row === 'object' && row !== null
      const cells = columns.map((key) => (isRow && Object.hasOwn(row, key) ? inspect(Reflect.get(row, key), 0) : ''))
      return [index, ...cells, ...(hasValues ? [isRow ? '' : inspect(row)] : [])]
    })
    const widths = header.map(
      (title, at) => Math.max(title.length, ...body.map((cells) => (cells[at] ?? '').length)) + 2,
    )
    const rule = (left: string, mid: string, right: string) => left + widths.map((w) => '─'.repeat(w)).join(mid) + right
    const draw = (cells: readonly string[]) =>
      `│${cells.map((cell, at) => ` ${cell}`.padEnd(widths[at] ?? 0)).join('│')}│`
    return [rule('┌', '┬', '┐'), draw(header), rule('├', '┼', '┤'), ...body.map(draw), rule('└', '┴', '┘')].join('\n')
  }

  return {
    log: out,
    info: out,
    debug: out,
    warn: err,
    error: err,
    trace: (...args: unknown[]) => {
      const frames = (new Error().stack ?? '').split('\n').slice(2)
      const title = args.length === 0 ? 'Trace' : `Trace: ${format(args)}`
      line('stderr', [[title, ...frames].join('\n')])
    },
    dir: (value: unknown) => line('stdout', [inspect(value)]),
    table: (data: unknown) => {
      const drawn = table(data)
      if (drawn === undefined) out(data)
      else line('stdout', [drawn])
    },
    assert: (condition: unknown, ...args: unknown[]) => {
      if (condition) return
      const [first, ...rest] = args
      if (typeof first === 'string') err(`Assertion failed: ${first}`, ...rest)
      else err(args.length === 0 ? 'Assertion failed' : 'Assertion failed:', ...args)
    },
    group: indentMore,
    groupCollapsed: indentMore,
    groupEnd: () => {
      indent = indent.slice(2)
    },
    count: (label = 'default') => {
      const count = (counts.get(label) ?? 0) + 1
      counts.set(label, count)
      out(`${label}: ${count}`)
    },
    countReset: (label = 'default') => void counts.delete(label),
    time: (label = 'default') => void timers.set(label, now()),
    timeLog: (label = 'default', ...args: unknown[]) => out(elapsed(label) ?? `No such label '${label}'`, ...args),
    timeEnd: (label = 'default') => {
      out(elapsed(label) ?? `No such label '${label}'`)
      timers.delete(label)
    },
    clear: () => undefined,
  }
}
