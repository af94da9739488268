import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { readOrCreateSecret, resolveDataDir } from './data-dir.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'delegraph-data-dir-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('the data folder', () => {
  test('is made where the flag says, temp folder or not, closed to other people', () => {
    const dir = resolveDataDir(join(folder, 'named', 'by-flag'))
    expect(dir).toBe(join(folder, 'named', 'by-flag'))
    expect(statSync(dir).mode & 0o066).toBe(0)
  })

  test('is by default never inside the program or the temp folder', () => {
    // The rule for people who are not root; whoever runs this test.
    vi.spyOn(process, 'getuid').mockReturnValue(1000)
    for (const base of [folder, import.meta.dirname]) {
      vi.stubEnv('XDG_DATA_HOME', base)
      vi.stubEnv('LOCALAPPDATA', base)
      expect(() => resolveDataDir()).toThrow(/can be deleted unnoticed/)
    }
  })

  test('that cannot be one is refused by name, with what to do', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    for (const dir of [file, join(file, 'below')]) {
      expect(() => resolveDataDir(dir)).toThrow(expect.objectContaining({ code: 'unavailable', field: 'data-dir' }))
      expect(() => resolveDataDir(dir)).toThrow(dir)
    }
    expect(() => resolveDataDir('  ')).toThrow(/empty/)
  })
})

describe('a secret', () => {
  test('is made once, private, and the same ever after', () => {
    const secret = readOrCreateSecret(folder, 'signing')
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(readOrCreateSecret(folder, 'signing')).toBe(secret)
    expect(readOrCreateSecret(folder, 'other')).not.toBe(secret)
    expect(statSync(join(folder, 'keys', 'signing')).mode & 0o777).toBe(0o600)
  })

  test('that was damaged is never replaced by a new one', () => {
    readOrCreateSecret(folder, 'damaged')
    const path = join(folder, 'keys', 'damaged')
    writeFileSync(path, '')
    expect(() => readOrCreateSecret(folder, 'damaged')).toThrow(/damaged/)
    expect(readFileSync(path, 'utf8')).toBe('')
  })
})
