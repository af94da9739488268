import type { BufferClass } from './buffer.ts'

/** Of Node's `crypto`: SHA-256, what is random, and the browser's own as `webcrypto`. Shipped as text. */
export function createCrypto(web: Crypto, buffers: BufferClass): object {
  class Hash {
    readonly #parts: Uint8Array[] = []
    update(data: string | Uint8Array, encoding?: string): this {
      this.#parts.push(typeof data === 'string' ? buffers.encode(data, encoding) : data.slice())
      return this
    }
    digest(encoding?: string): unknown {
      const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0))
      let at = 0
      for (const part of this.#parts) {
        whole.set(part, at)
        at += part.length
      }
      const digest = sha256(whole)
      return encoding === undefined ? buffers.from(digest) : buffers.decode(digest, encoding)
    }
  }

  function createHash(name: string): Hash {
    if (/^sha-?256$/i.test(name)) return new Hash()
    throw new Error(
      `crypto.createHash('${name}') is not available in this sandbox: there is sha256; crypto.subtle has SHA-1, SHA-384 and SHA-512`,
    )
  }

  /** FIPS 180-4. */
  function sha256(message: Uint8Array): Uint8Array {
    const primes = Array.from({ length: 400 }, (_, at) => at).filter(
      (n) => n > 1 && !Array.from({ length: Math.floor(Math.sqrt(n)) - 1 }, (_, at) => at + 2).some((d) => n % d === 0),
    )
    const fraction = (value: number) => ((value - Math.floor(value)) * 2 ** 32) >>> 0
    const constants = primes.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)))
    const state = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
    const padded = new Uint8Array((((message.length + 8) >> 6) + 1) << 6)
    padded.set(message)
    padded[message.length] = 128
    const view = new DataView(padded.buffer)
    view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n)
    const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))
    const words = new Uint32Array(64)
    const word = (at: number) => words[at] ?? 0
    for (let block = 0; block < padded.length; block += 64) {
      for (let at = 0; at < 64; at++) {
        if (at < 16) words[at] = view.getUint32(block + at * 4)
        else {
          const [far, near] = [word(at - 15), word(at - 2)]
          const low = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)
          const high = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10)
          words[at] = word(at - 16) + low + word(at - 7) + high
        }
      }
      let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
      for (let at = 0; at < 64; at++) {
        const first =
          (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (constants[at] ?? 0) + word(at)) | 0
        const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
        ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
      }
      for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = ((state[at] ?? 0) + value) >>> 0
    }
    const out = new DataView(new ArrayBuffer(32))
    for (const [at, value] of state.entries()) out.setUint32(at * 4, value)
    return new Uint8Array(out.buffer)
  }

  return {
    createHash,
    webcrypto: web,
    subtle: web.subtle,
    getRandomValues: (into: Uint8Array<ArrayBuffer>) => web.getRandomValues(into),
    randomUUID: () => web.randomUUID(),
    randomBytes: (size: number) => buffers.from(web.getRandomValues(new Uint8Array(size))),
    randomInt: (low: number, high?: number) => {
      const [from, to] = high === undefined ? [0, low] : [low, high]
      const [random = 0] = web.getRandomValues(new Uint32Array(1))
      return from + Math.floor((random / 2 ** 32) * (to - from))
    },
  }
}
