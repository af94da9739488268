export type Inspect = (value: unknown, depth?: number) => string

/**
 * Writes values the way Node's `util.inspect` does: depth 2, 100 entries, lines of 80. Getters are named, never called.
 * Runs inside the sandbox and is shipped there as text, so it may refer to nothing outside itself.
 */
export function createInspect(cleanStack: (stack: string) => string): Inspect {
  const breakLength = 80
  const maxEntries = 100
  const maxString = 10_000
  const compact = 3

  type Walk = { seen: object[]; circular: Map<object, number>; indent: number; deepest: number; depth: number }

  function format(walk: Walk, value: unknown, level: number): string {
    if (typeof value === 'function' || (typeof value === 'object' && value !== null)) {
      return formatObject(walk, value, level)
    }
    return formatPrimitive(walk, value)
  }

  function formatPrimitive(walk: Walk, value: unknown): string {
    if (typeof value === 'string') return formatString(walk, value)
    if (typeof value === 'bigint') return `${value}n`
    if (Object.is(value, -0)) return '-0'
    return String(value)
  }

  function formatString(walk: Walk, value: string): string {
    const rest = value.length - maxString
    const shown = rest > 0 ? value.slice(0, maxString) : value
    const trailer = rest > 0 ? `... ${rest} more character${rest > 1 ? 's' : ''}` : ''
    if (shown.length > 16 && shown.length > breakLength - walk.indent - 4 && shown.includes('\n')) {
      const lines = shown.split(/(?<=\n)/).map(quote)
      return lines.join(` +\n${' '.repeat(walk.indent + 2)}`) + trailer
    }
    return quote(shown) + trailer
  }

  function quote(text: string): string {
    const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !/[`]|\$\{/.test(text) ? '`' : "'"
    const short: Record<string, string> = {
      '\n': '\\n',
      '\t': '\\t',
      '\r': '\\r',
      '\b': '\\b',
      '\f': '\\f',
      '\v': '\\v',
    }
    let out = ''
    for (const char of text) {
      const code = char.charCodeAt(0)
      if (char === '\\' || char === mark) out += `\\${char}`
      else if (code < 32 || (code > 126 && code < 160)) {
        out += short[char] ?? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`
      } else out += char
    }
    return mark + out + mark
  }

  function formatObject(walk: Walk, value: object, level: number): string {
    if (walk.seen.includes(value)) {
      const known = walk.circular.get(value) ?? walk.circular.size + 1
      walk.circular.set(value, known)
      return `[Circular *${known}]`
    }
    const name = constructorName(value)
    const shape = describe(walk, value, name, level)
    if (shape.whole !== undefined && shape.keys.length === 0) return shape.whole
    if (level > walk.depth) return `[${Array.isArray(value) ? 'Array' : shape.short}]`

    walk.seen.push(value)
    walk.deepest = level
    walk.indent += 2
    const output = shape.entries(level)
    for (const key of shape.keys) output.push(formatProperty(walk, value, key, level))
    walk.indent -= 2
    walk.seen.pop()

    const reference = walk.circular.get(value)
    const base = reference === undefined ? shape.base : `<ref *${reference}> ${shape.base}`.trimEnd()
    const list = Array.isArray(value) || ArrayBuffer.isView(value) ? value : undefined
    return layOut(walk, output, { base, open: shape.open, close: shape.close, level, list })
  }

  type Shape = {
    open: string
    close: string
    base: string
    short: string
    keys: PropertyKey[]
    whole?: string
    entries: (level: number) => string[]
  }

  function describe(walk: Walk, value: object, name: string | null, level: number): Shape {
    const none = () => []
    const keys = ownKeys(value)
    const tag = stringTag(value, name)
    const label = name === null ? `[${kindOf(value)}: null prototype]` : name
    const braces = (text: string) => ({ open: `${text}{`, close: '}', base: '', short: label + tag })

    if (Array.isArray(value)) {
      const named = name === 'Array' && tag === '' ? '' : `${label}(${value.length})${tag} `
      const extra = keys.filter((key) => !isIndex(key))
      const whole = value.length === 0 ? `${named}[]` : undefined
      const shape = { open: `${named}[`, close: ']', base: '', short: 'Array', keys: extra }
      return { ...shape, ...(whole === undefined ? {} : { whole }), entries: (at) => listEntries(walk, value, at) }
    }
    if (value instanceof Map) {
      const open = `${label}(${value.size})${tag} `
      const shape = { ...braces(open), keys, entries: (at: number) => mapEntries(walk, value, at) }
      return value.size === 0 ? { ...shape, whole: `${open}{}` } : shape
    }
    if (value instanceof Set) {
      const open = `${label}(${value.size})${tag} `
      const shape = { ...braces(open), keys, entries: (at: number) => setEntries(walk, value, at) }
      return value.size === 0 ? { ...shape, whole: `${open}{}` } : shape
    }
    if (value instanceof Uint8Array && name === 'Buffer') {
      const shown = Array.from(value.subarray(0, 50), (byte) => byte.toString(16).padStart(2, '0'))
      if (value.length > 50) shown.push(`... ${value.length - 50} more byte${value.length > 51 ? 's' : ''}`)
      const whole = `<${['Buffer', ...shown].join(' ')}>`
      return { ...braces(''), base: whole, keys: [], whole, entries: none }
    }
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      const items = Array.from({ length: viewLength(value) }, (_, index) => Reflect.get(value, index))
      const open = `${label}(${items.length}) [`
      const shape = { open, close: ']', base: '', short: label, keys: keys.filter((key) => !isIndex(key)) }
      const entries = (at: number) => listEntries(walk, items, at)
      return items.length === 0 ? { ...shape, whole: `${open}]`, entries } : { ...shape, entries }
    }
    if (value instanceof Error) {
      const own = keys.filter((key) => key !== 'stack' && key !== 'message')
      const hidden = ['cause', 'errors'].filter((key) => Object.hasOwn(value, key) && !own.includes(key))
      const text = errorText(value, walk.indent)
      return { ...braces(''), base: text, keys: [...own, ...hidden], whole: text, entries: none }
    }
    if (typeof value === 'function') {
      const text = functionText(value, name)
      return { ...braces(''), base: text, keys, whole: text, entries: none }
    }
    const boxed = leafText(walk, value, level)
    if (boxed !== undefined)
      return { ...braces(''), base: boxed, keys: keys.filter((key) => !isIndex(key)), whole: boxed, entries: none }
    if (value instanceof Promise) return { ...braces('Promise '), keys, entries: () => ['<pending or settled>'] }

    const plain = name === 'Object' && tag === '' ? '' : `${label}${tag} `
    return { ...braces(plain), keys, ...(keys.length === 0 ? { whole: `${plain}{}` } : {}), entries: none }
  }

  function leafText(walk: Walk, value: object, level: number): string | undefined {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    if (value instanceof RegExp) return String(value)
    if (value instanceof WeakMap) return 'WeakMap { <items unknown> }'
    if (value instanceof WeakSet) return 'WeakSet { <items unknown> }'
    if (value instanceof String) return `[String: ${quote(value.valueOf())}]`
    if (value instanceof Number) return `[Number: ${formatPrimitive(walk, value.valueOf())}]`
    if (value instanceof Boolean) return `[Boolean: ${value.valueOf()}]`
    if (value instanceof ArrayBuffer && level <= walk.depth) return `ArrayBuffer { byteLength: ${value.byteLength} }`
    return undefined
  }

  function listEntries(walk: Walk, list: readonly unknown[], level: number): string[] {
    const out: string[] = []
    let index = 0
    for (; index < list.length && out.length < maxEntries; index++) {
      if (Object.hasOwn(list, index)) {
        out.push(format(walk, list[index], level + 1))
        continue
      }
      let holes = 1
      while (index + 1 < list.length && !Object.hasOwn(list, index + 1)) {
        holes++
        index++
      }
      out.push(`<${holes} empty item${holes > 1 ? 's' : ''}>`)
    }
    return withRest(out, list.length - index)
  }

  function mapEntries(walk: Walk, map: Map<unknown, unknown>, level: number): string[] {
    const out: string[] = []
    for (const [key, item] of map) {
      if (out.length === maxEntries) break
      out.push(`${format(walk, key, level + 1)} => ${format(walk, item, level + 1)}`)
    }
    return withRest(out, map.size - out.length)
  }

  function setEntries(walk: Walk, set: Set<unknown>, level: number): string[] {
    const out: string[] = []
    for (const item of set) {
      if (out.length === maxEntries) break
      out.push(format(walk, item, level + 1))
    }
    return withRest(out, set.size - out.length)
  }

  function withRest(out: string[], rest: number): string[] {
    if (rest > 0) out.push(`... ${rest} more item${rest > 1 ? 's' : ''}`)
    return out
  }

  function formatProperty(walk: Walk, owner: object, key: PropertyKey, level: number): string {
    const found = Object.getOwnPropertyDescriptor(owner, key)
    const text = typeof key === 'symbol' ? String(key) : keyText(String(key))
    const name = found?.enumerable === false && typeof key !== 'symbol' ? `[${String(key)}]` : text
    if (found?.get !== undefined) return `${name}: ${found.set === undefined ? '[Getter]' : '[Getter/Setter]'}`
    if (found?.set !== undefined) return `${name}: [Setter]`
    return `${name}: ${format(walk, found?.value, level + 1)}`
  }

  function keyText(key: string): string {
    return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quote(key)
  }

  type Frame = { base: string; open: string; close: string; level: number; list: object | undefined }

  function layOut(walk: Walk, entries: string[], frame: Frame): string {
    const output = frame.list !== undefined && entries.length > 6 ? group(walk, entries, frame.list) : entries
    const base = frame.base === '' ? '' : `${frame.base} `
    if (walk.deepest - frame.level < compact && output.length === entries.length) {
      const start = output.length + walk.indent + frame.open.length + frame.base.length + 10
      const length = output.reduce((sum, text) => sum + text.length, output.length + start)
      const joined = output.join(', ')
      if (length <= breakLength && !frame.base.includes('\n') && !joined.includes('\n')) {
        return `${base}${frame.open} ${joined} ${frame.close}`
      }
    }
    const gap = `\n${' '.repeat(walk.indent)}`
    return `${base}${frame.open}${gap}  ${output.join(`,${gap}  `)}${gap}${frame.close}`
  }

  /** Long lists of short things are set in columns. */
  function group(walk: Walk, output: string[], list: object): string[] {
    const last = output.at(-1) ?? ''
    const hasRest = output.length > maxEntries && last.startsWith('... ')
    const count = hasRest ? output.length - 1 : output.length
    const lengths = output.slice(0, count).map((text) => text.length + 2)
    const total = lengths.reduce((sum, length) => sum + length, 0)
    const widest = Math.max(...lengths)
    if (widest * 3 + walk.indent >= breakLength || (total / widest <= 5 && widest - 2 > 6)) return output

    const bias = Math.sqrt(widest - total / output.length)
    const width = Math.max(widest - 3 - bias, 1)
    const columns = Math.min(
      Math.round(Math.sqrt(2.5 * width * count) / width),
      Math.floor((breakLength - walk.indent) / widest),
      compact * 4,
      15,
    )
    if (columns <= 1) return output
    const widths = Array.from({ length: columns }, (_, column) =>
      Math.max(...lengths.filter((_length, index) => index % columns === column)),
    )
    const isNumeric = Array.from({ length: count }, (_, index) => typeof Reflect.get(list, index)).every(
      (type) => type === 'number' || type === 'bigint',
    )
    const rows: string[] = []
    for (let start = 0; start < count; start += columns) {
      const cells = output.slice(start, Math.min(start + columns, count))
      const row = cells.map((cell, column) => {
        const isLast = column === cells.length - 1
        const wide = widths[column] ?? 0
        if (isNumeric) return isLast ? cell.padStart(wide - 2) : `${cell}, `.padStart(wide)
        return isLast ? cell : `${cell}, `.padEnd(wide)
      })
      rows.push(row.join(''))
    }
    if (hasRest) rows.push(last)
    return rows
  }

  function errorText(error: Error, indent: number): string {
    const head = readHead(error)
    const stack = typeof error.stack === 'string' && error.stack !== '' ? cleanStack(error.stack) : `[${head}]`
    const at = stack.search(/\n {4}at /)
    const text = at === -1 ? (stack.startsWith('[') ? stack : `[${stack}]`) : stack
    return indent === 0 ? text : text.replaceAll('\n', `\n${' '.repeat(indent)}`)
  }

  function readHead(error: Error): string {
    try {
      return String(error)
    } catch {
      return 'Error'
    }
  }

  function functionText(value: object, name: string | null): string {
    const source = Function.prototype.toString.call(value)
    const own = Object.getOwnPropertyDescriptor(value, 'name')?.value
    const title = typeof own === 'string' && own !== '' ? own : '(anonymous)'
    if (source.startsWith('class') && source.endsWith('}')) {
      const parent = Object.getPrototypeOf(value)
      const extended = typeof parent === 'function' && parent.name !== '' ? ` extends ${parent.name}` : ''
      return `[class ${title}${extended}]`
    }
    return `[${name ?? 'Function'}${title === '(anonymous)' ? ' ' : ': '}${title}]`
  }

  function constructorName(value: object): string | null {
    for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at)) {
      const made = Object.getOwnPropertyDescriptor(at, 'constructor')?.value
      if (typeof made === 'function' && typeof made.name === 'string' && made.name !== '') return made.name
    }
    return null
  }

  function stringTag(value: object, name: string | null): string {
    try {
      const tag = Reflect.get(value, Symbol.toStringTag)
      return typeof tag === 'string' && tag !== '' && tag !== name ? ` [${tag}]` : ''
    } catch {
      return ''
    }
  }

  function kindOf(value: object): string {
    return Object.prototype.toString.call(value).slice(8, -1)
  }

  function ownKeys(value: object): PropertyKey[] {
    const symbols = Object.getOwnPropertySymbols(value).filter((key) =>
      Object.prototype.propertyIsEnumerable.call(value, key),
    )
    return [...Object.keys(value), ...symbols]
  }

  function isIndex(key: PropertyKey): boolean {
    return typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key)
  }

  function viewLength(value: ArrayBufferView): number {
    const length = Reflect.get(value, 'length')
    return typeof length === 'number' ? length : 0
  }

  return (value, depth = 2) => {
    try {
      return format({ seen: [], circular: new Map(), indent: 0, deepest: 0, depth }, value, 0)
    } catch (error) {
      return `<this value cannot be shown: ${error instanceof Error ? error.message : 'it threw'}>`
    }
  }
}
