import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canBeRedacted } from '#shared/secrets/can-be-redacted.ts'
import { createRedactor, maskOf } from './create-redactor.ts'

const token = 'sk-ant-api03-Zq7/x+W9&k"e<y>\'12'
const mask = maskOf('KEY')
const one = createRedactor([{ name: 'KEY', value: token }])

/** Values as people keep them: printable, some with what needs escaping. */
const values = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 }).filter(canBeRedacted)
const around = fc.string({ unit: 'grapheme-ascii', maxLength: 12 })

describe('every spelling of a value is masked', () => {
  const spellings: [string, (value: string) => string][] = [
    ['as it is', (value) => value],
    ['in base64', (value) => Buffer.from(value).toString('base64')],
    ['in base64 for addresses', (value) => Buffer.from(value).toString('base64url')],
    ['in base64 of a longer text', (value) => Buffer.from(`a:${value}:z`).toString('base64')],
    ['in base64 of a text one byte longer', (value) => Buffer.from(`:${value}`).toString('base64')],
    ['in base64 broken into lines', (value) => wrap(Buffer.from(value.repeat(4)).toString('base64'))],
    ['in base64 of UTF-16', (value) => Buffer.from(value, 'utf16le').toString('base64')],
    ['in a query', (value) => new URLSearchParams({ a: value }).toString()],
    ['as a URI component', encodeURIComponent],
    [
      'as a URI component in small letters',
      (value) => encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['in JSON', (value) => JSON.stringify({ value })],
    ['in JSON in JSON', (value) => JSON.stringify({ value: JSON.stringify({ value }) })],
    ['in HTML', (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['in hex', (value) => Buffer.from(value).toString('hex').toUpperCase()],
    ['in capitals', (value) => value.toUpperCase()],
  ]
  test.each(spellings)('%s', (_, spell) => {
    const text = one.text(`before ${spell(token)} after`)
    expect(text).toContain(mask)
    expect(text).not.toContain('api03')
    for (const other of spellings) expect(text).not.toContain(other[1](token).slice(-20, -6))
  })

  test('whatever the value and whatever stands around it', () => {
    fc.assert(
      fc.property(values, around, around, (value, before, after) => {
        const redactor = createRedactor([{ name: 'KEY', value }])
        for (const [, spell] of spellings.slice(0, 4).concat(spellings.slice(7, 12))) {
          const text = redactor.text(`${before}${spell(value)}${after}`)
          expect(text).toContain(mask)
          expect(text.includes(value)).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('a value is never left in part', () => {
  test('the longer of two that begin alike is masked', () => {
    const redactor = createRedactor([
      { name: 'SHORT', value: 'abcd1234' },
      { name: 'LONG', value: 'abcd1234efgh5678' },
    ])
    expect(redactor.text('x abcd1234efgh5678 y abcd1234 z')).toBe('x [secret LONG] y [secret SHORT] z')
  })

  test('two that overlap are both masked', () => {
    const redactor = createRedactor([
      { name: 'A', value: 'qwer1234' },
      { name: 'B', value: '1234asdf' },
    ])
    expect(redactor.text('(qwer1234asdf)')).toBe('([secret A][secret B])')
  })

  test('the half that a shortened text ends with is masked', () => {
    expect(one.text(`The key was ${token.slice(0, 20)}`)).toBe(`The key was ${mask}`)
    expect(one.text('It begins with sk-ant')).toBe('It begins with sk-ant')
  })

  test('each line of a key is masked by itself', () => {
    const pem = [
      '-----BEGIN PRIVATE KEY-----',
      'MIIEvQIBADANBgkqhkiG9w0B',
      'AQEFAASCBKcwggSjAgEAAoIB',
      '-----END PRIVATE KEY-----',
    ]
    const redactor = createRedactor([{ name: 'PEM', value: `${pem.join('\n')}\n` }])
    expect(redactor.text(`so: ${pem[2]}.`)).toBe('so: [secret PEM].')
    expect(redactor.text(pem.join('\r\n'))).toBe('[secret PEM]')
    expect(redactor.text('-----BEGIN PRIVATE KEY-----')).toBe('-----BEGIN PRIVATE KEY-----')
  })

  test('the password in an address and the key in a key file are masked by themselves', () => {
    const redactor = createRedactor([
      { name: 'DATABASE_URL', value: 'postgres://app:s3cr%40t-pass@db.example/app' },
      {
        name: 'FILE',
        value: JSON.stringify({ type: 'service_account', private_key_id: '0123456789abcdef0123456789' }),
      },
    ])
    expect(redactor.text('with s3cr@t-pass')).toBe('with [secret DATABASE_URL]')
    expect(redactor.text('0123456789abcdef0123456789 service_account')).toBe('[secret FILE] service_account')
  })
})

describe('what is no value is left alone', () => {
  test('commit ids, UUIDs, words, addresses and base64 of other things', () => {
    const others = [
      '4f9a1c0de7b2a3958860f1e2d3c4b5a697887766',
      '018f3c9e-7a1b-4c2d-9e8f-001122334455',
      'The quick brown fox jumps over the lazy dog, and authentication is internationalisation.',
      'https://example.org/a/b/c?api03=Zq7&k=12',
      Buffer.from('nothing to see here, move on').toString('base64'),
    ]
    for (const text of others) expect(one.text(text)).toBe(text)
  })

  test('texts without the value come back as they are', () => {
    fc.assert(
      fc.property(values, fc.string({ unit: 'grapheme', maxLength: 200 }), (value, text) => {
        fc.pre(!text.includes(value.trim()))
        expect(createRedactor([{ name: 'KEY', value }]).text(text)).toBe(text)
      }),
    )
  })

  test('values that turn up by chance are not masked', () => {
    const common = [
      'true',
      '8080',
      'short',
      'production',
      'claude-sonnet-4-5',
      '2026-11-21',
      'aaaaaaaaaaaa',
      '01890a5d-ac96-774b-bcce-b302099a8057',
    ]
    for (const value of common) expect(canBeRedacted(value), value).toBe(false)
    const secret = [
      'hunter2-x9',
      'S3cret!',
      'correct-horse-battery-staple',
      '018f3c9e-7a1b-4c2d-9e8f-001122334455',
      '123456789012',
    ]
    for (const value of secret) expect(canBeRedacted(value), value).toBe(true)
  })

  test('masking twice changes nothing, even when a value is part of a mask', () => {
    const redactor = createRedactor([
      { name: 'X9_TOKEN', value: 'zk82hd7s9' },
      { name: 'OTHER', value: 'X9_TOKEN' },
    ])
    const once = redactor.text('a zk82hd7s9 b')
    expect(redactor.text(once)).toBe(once)
  })
})

describe('in a stream', () => {
  test('a value is masked wherever it is cut', () => {
    const spelled = fc.constantFrom(token, Buffer.from(`x${token}`).toString('base64'), encodeURIComponent(token))
    fc.assert(
      fc.property(around, spelled, around, fc.array(fc.nat(9)), (before, value, after, cuts) => {
        const whole = before + value + after
        const stream = one.stream()
        let told = ''
        let at = 0
        for (const cut of cuts) {
          told += stream.push(whole.slice(at, at + cut))
          at += cut
        }
        told += stream.push(whole.slice(at)) + stream.end()
        expect(told).toBe(one.text(whole))
      }),
      { numRuns: 500 },
    )
  })

  test('only what could be the beginning of a value is kept back', () => {
    const stream = one.stream()
    expect(stream.push('hello world, ')).toBe('hello world, ')
    expect(stream.push('sk-ant')).toBe('')
    expect(stream.push('icipation. ')).toBe('sk-anticipation. ')
    expect(stream.end()).toBe('')
  })
})

describe('in JSON', () => {
  test('texts and keys are masked, the rest is the same', () => {
    const value = { a: [`x ${token}`, 1, null, true], [token]: { deep: 'no' } }
    expect(one.json(value)).toEqual({ a: [`x ${mask}`, 1, null, true], [mask]: { deep: 'no' } })
  })

  test('a value split over neighbours is masked', () => {
    const parts = [{ type: 'text', text: `so ${token.slice(0, 9)}` }, { text: `${token.slice(9)} it is` }]
    const flat = JSON.stringify(one.json(parts.map(({ text }) => text)))
    expect(flat).toBe(JSON.stringify([`so ${mask}`, ' it is']))
  })

  test('what holds no value is the same object', () => {
    const value = { a: ['b', { c: 1 }] }
    expect(one.json(value)).toBe(value)
  })

  test('JSON stays JSON, whatever the value begins with', () => {
    const redactor = createRedactor([{ name: 'KEY', value: 'n4ughty-v4lue' }])
    const text = JSON.stringify({ text: 'a\n4ughty-v4lue', also: 'n4ughty-v4lue' })
    expect(JSON.parse(redactor.written(text))).toEqual({ text: 'a\n4ughty-v4lue', also: mask })
    const digits = createRedactor([{ name: 'KEY', value: '123456789012' }])
    expect(JSON.parse(digits.written('{"n":123456789012}'))).toEqual({ n: mask })
  })
})

test('a thousand values in a megabyte take less than 50 ms', () => {
  const secrets = Array.from({ length: 1_000 }, (_, index) => ({
    name: `KEY_${index}`,
    value: `sk-${Buffer.from(`${index * 7919}-${'x'.repeat(index % 20)}`).toString('hex')}-${index}`,
  }))
  const redactor = createRedactor(secrets)
  const words = 'the agent wrote sk-live and then { "json": "eyJhbGciOiJIUzI1NiJ9" } 4f9a1c0de7b2a3958860f1e2d3c4b5a6 '
  const text = words.repeat(Math.ceil(1_048_576 / words.length))
  redactor.text(text)
  // By the clock of the processor: other work of the machine does not count.
  const took = Array.from({ length: 9 }, () => {
    const began = process.cpuUsage()
    redactor.text(text)
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1_000
  })
  expect(Math.min(...took)).toBeLessThan(50)
})

function wrap(text: string): string {
  return text.replace(/.{76}/g, '$&\n')
}
