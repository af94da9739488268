export type BufferClass = ReturnType<typeof createBuffer>

/** Node's `Buffer` as far as text, slices and whole numbers go. Shipped as text. */
export function createBuffer() {
  const encoder = new TextEncoder()
  const oneByte = (text: string, mask: number) => Uint8Array.from(text, (char) => char.charCodeAt(0) & mask)
  const known = ['utf8', 'utf-8', 'hex', 'base64', 'base64url', 'latin1', 'binary', 'ascii']

  function encode(text: string, encoding = 'utf8'): Uint8Array {
    const way = needEncoding(encoding)
    if (way === 'hex') {
      const pairs = /^(?:[\da-f]{2})*/i.exec(text)?.[0].match(/../g) ?? []
      return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
    }
    if (way.startsWith('base64')) {
      const plain = text
        .replaceAll('-', '+')
        .replaceAll('_', '/')
        .replace(/[^A-Za-z0-9+/]/g, '')
      return oneByte(atob(plain.slice(0, plain.length % 4 === 1 ? -1 : undefined)), 255)
    }
    if (way === 'latin1' || way === 'binary' || way === 'ascii') return oneByte(text, 255)
    return encoder.encode(text)
  }

  function decode(bytes: Uint8Array, encoding = 'utf8'): string {
    const way = needEncoding(encoding)
    if (way === 'utf8' || way === 'utf-8')
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes))
    if (way === 'hex') return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    const mask = way === 'ascii' ? 127 : 255
    const chars = Array.from(bytes, (byte) => String.fromCharCode(byte & mask)).join('')
    if (!way.startsWith('base64')) return chars
    const whole = btoa(chars)
    return way === 'base64' ? whole : whole.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  }

  function needEncoding(encoding: string): string {
    const way = String(encoding).toLowerCase()
    if (known.includes(way)) return way
    throw new TypeError(`The encoding ${encoding} is not available in this sandbox: there are ${known.join(', ')}`)
  }

  class Buffer extends Uint8Array {
    override toString(encoding?: string, start = 0, end = this.length): string {
      return decode(this.subarray(start, end), encoding)
    }
    toJSON() {
      return { type: 'Buffer', data: Array.from(this) }
    }
    equals(other: Uint8Array): boolean {
      return compare(this, other) === 0
    }
    compare(other: Uint8Array): number {
      return compare(this, other)
    }
    copy(target: Uint8Array, at = 0, start = 0, end = this.length): number {
      const part = this.subarray(start, Math.min(end, start + target.length - at))
      target.set(part, at)
      return part.length
    }
    write(text: string, at = 0, encoding?: string): number {
      const bytes = encode(text, encoding).subarray(0, this.length - at)
      this.set(bytes, at)
      return bytes.length
    }
  }

  function compare(one: Uint8Array, other: Uint8Array): number {
    const length = Math.min(one.length, other.length)
    for (let at = 0; at < length; at++) {
      const difference = (one[at] ?? 0) - (other[at] ?? 0)
      if (difference !== 0) return Math.sign(difference)
    }
    return Math.sign(one.length - other.length)
  }

  function from(value: unknown, second?: string | number, length?: number): Buffer {
    if (typeof value === 'string') return new Buffer(encode(value, typeof second === 'string' ? second : undefined))
    if (value instanceof ArrayBuffer) return new Buffer(value, Number(second ?? 0), length)
    if (ArrayBuffer.isView(value)) return new Buffer(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
    if (typeof value === 'object' && value !== null) {
      const data: unknown = 'data' in value ? value.data : value
      if (Array.isArray(data) || (typeof data === 'object' && data !== null && 'length' in data)) {
        return new Buffer(Array.from({ length: Number(data.length) }, (_, at) => Number(Reflect.get(data, at))))
      }
    }
    throw new TypeError(
      'The first argument must be of type string, Buffer, ArrayBuffer, Array or an array-like object.',
    )
  }

  const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers = [
    ['UInt8', 'Uint8', 1],
    ['Int8', 'Int8', 1],
    ['UInt16', 'Uint16', 2],
    ['Int16', 'Int16', 2],
    ['UInt32', 'Uint32', 4],
    ['Int32', 'Int32', 4],
    ['BigUInt64', 'BigUint64', 8],
    ['BigInt64', 'BigInt64', 8],
    ['Float', 'Float32', 4],
    ['Double', 'Float64', 8],
  ] as const
  const give = (owner: object, name: string, value: unknown) =>
    void Object.defineProperty(owner, name, { value, writable: true, configurable: true })
  for (const [name, kind, size] of numbers) {
    for (const end of size === 1 ? [''] : ['LE', 'BE']) {
      give(Buffer.prototype, `read${name}${end}`, function (this: Buffer, at = 0) {
        return viewOf(this)[`get${kind}`](at, end === 'LE')
      })
      give(Buffer.prototype, `write${name}${end}`, function (this: Buffer, value: number & bigint, at = 0) {
        viewOf(this)[`set${kind}`](at, value, end === 'LE')
        return at + size
      })
    }
  }
  // Unlike an array's, a slice of a Buffer is a view of the same bytes, and text and bytes can be looked for.
  const { indexOf } = Uint8Array.prototype
  const placeOf = (bytes: Buffer, sought: unknown, start = 0, encoding?: string): number => {
    if (typeof sought === 'number') return indexOf.call(bytes, sought, start)
    const part = typeof sought === 'string' ? encode(sought, encoding) : from(sought)
    for (let at = start; at <= bytes.length - part.length; at++) {
      if (part.every((byte, offset) => bytes[at + offset] === byte)) return at
    }
    return -1
  }
  give(Buffer.prototype, 'slice', Buffer.prototype.subarray)
  give(Buffer.prototype, 'indexOf', function (this: Buffer, sought: unknown, start?: number, encoding?: string) {
    return placeOf(this, sought, start, encoding)
  })
  give(Buffer.prototype, 'includes', function (this: Buffer, sought: unknown, start?: number, encoding?: string) {
    return placeOf(this, sought, start, encoding) >= 0
  })

  const alloc = (size: number, fill?: string | number, encoding?: string): Buffer => {
    const made = new Buffer(size)
    if (typeof fill === 'number') made.fill(fill)
    if (typeof fill === 'string') {
      const pattern = encode(fill, encoding)
      for (let at = 0; at < size && pattern.length > 0; at++) made[at] = pattern[at % pattern.length] ?? 0
    }
    return made
  }
  const statics = {
    from,
    alloc,
    allocUnsafe: (size: number) => alloc(size),
    concat(list: readonly Uint8Array[], length = list.reduce((sum, each) => sum + each.length, 0)): Buffer {
      const whole = new Buffer(length)
      let at = 0
      for (const each of list) {
        const part = each.subarray(0, Math.max(0, length - at))
        whole.set(part, at)
        at += part.length
      }
      return whole
    },
    byteLength: (value: string | Uint8Array, encoding?: string) =>
      typeof value === 'string' ? encode(value, encoding).length : value.byteLength,
    isBuffer: (value: unknown) => value instanceof Buffer,
    isEncoding: (name: unknown) => known.includes(String(name).toLowerCase()),
    compare,
  }
  for (const [name, value] of Object.entries(statics)) give(Buffer, name, value)
  return { Buffer, from: (value: unknown) => from(value), decode, encode }
}
