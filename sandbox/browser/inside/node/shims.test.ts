import { createHash } from 'node:crypto'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBuffer } from './buffer.ts'
import { createCrypto } from './crypto.ts'
import { createPaths } from './paths.ts'
import { createSame } from './same.ts'

const paths = createPaths(() => '/project')
const piece = fc.constantFrom('a', '..', '.', '', 'b.txt', '.hidden', 'c.tar.gz', 'x.')
/** With slashes that are doubled only within `normalize`: what they are apart from it nobody relies on. */
const anyPath = fc
  .tuple(fc.boolean(), fc.array(piece, { maxLength: 6 }))
  .map(([isRooted, parts]) => (isRooted ? '/' : '') + parts.join('/'))
const somePath = anyPath.map((each) => each.replace(/\/{2,}/g, '/'))

test('paths are what Node makes of them', () => {
  fc.assert(
    fc.property(somePath, somePath, anyPath, (one, other, any) => {
      expect(paths.normalize(any)).toBe(path.posix.normalize(any))
      for (const name of ['basename', 'extname', 'normalize', 'dirname'] as const) {
        expect(paths[name](one), `${name} ${JSON.stringify(one)}`).toEqual(path.posix[name](one))
      }
      expect(paths.join(one, other)).toBe(path.posix.join(one, other))
      expect(paths.resolve(one, other)).toBe(path.posix.resolve('/project', one, other))
      expect(paths.relative(`/home/${one}`, `/home/${other}`)).toBe(
        path.posix.relative(`/home/${one}`, `/home/${other}`),
      )
      // Of a path that ends in `..` Node itself says two things.
      if (path.posix.basename(one) === '..') return
      expect(paths.parse(one)).toEqual(path.posix.parse(one))
      expect(paths.format(paths.parse(one))).toBe(path.posix.format(path.posix.parse(one)))
    }),
    { numRuns: 500 },
  )
})

test('digests and encodings are Node’s, whatever the bytes', () => {
  const buffers = createBuffer()
  const { createHash: hash }: { createHash?: unknown } = createCrypto(globalThis.crypto, buffers)
  if (typeof hash !== 'function') throw new Error('no createHash')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(hash('sha256').update(bytes).digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
      for (const encoding of ['hex', 'base64', 'base64url', 'latin1', 'ascii', 'utf8'] as const) {
        const text = Buffer.from(bytes).toString(encoding)
        expect(buffers.decode(bytes, encoding)).toBe(text)
        expect([...buffers.encode(text, encoding)]).toEqual([...Buffer.from(text, encoding)])
      }
    }),
  )
})

test('values are the same all the way down, and loops end', () => {
  const { isSame } = createSame()
  const loop = (): object => {
    const made: Record<string, unknown> = { list: [1, new Set([{ a: 1 }])] }
    made.self = made
    return made
  }
  expect(isSame(loop(), loop(), true)).toBe(true)
  expect(isSame([1, '2'], [1, 2], false)).toBe(true)
  expect(isSame([1, '2'], [1, 2], true)).toBe(false)
  expect(isSame(new Date(0), new Date(1), true)).toBe(false)
  expect(isSame({ a: undefined }, {}, true)).toBe(false)
})
