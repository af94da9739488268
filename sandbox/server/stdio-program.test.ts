import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { openStdioProgram, whyNoStdioPrograms } from './stdio-program.ts'

const reason = whyNoStdioPrograms()
if (reason) process.stdout.write(`skipped: stdio programs: ${reason}\n`)

describe.skipIf(reason !== undefined)('a program with open streams', () => {
  test('answers line by line, reads what it was given and nothing else, has its own environment alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stdio-'))
    const code = `import { createInterface } from 'node:readline'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
const tryRead = (path) => { try { return readFileSync(path, 'utf8') } catch (error) { return error.code } }
const reach = (host) => new Promise((told) => connect(80, host).on('connect', () => told('reached')).on('error', (e) => told(e.code)))
for await (const line of createInterface({ input: process.stdin })) {
  const [word, rest] = line.split(' ')
  const answer = { read: () => tryRead(rest), env: () => JSON.stringify(Object.keys(process.env).sort()), reach: () => reach(rest) }
  console.log(await answer[word]())
}`
    writeFileSync(join(folder, 'server.mjs'), code)
    writeFileSync(join(folder, 'given.txt'), 'given')
    const program = openStdioProgram({
      command: ['node', '/srv/app/server.mjs'],
      readOnly: [{ outside: folder, inside: '/srv/app' }],
      env: { TOKEN: 'canary-of-its-own' },
    })
    try {
      const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]()
      const ask = async (line: string) => {
        program.stdin.write(`${line}\n`)
        return String((await lines.next()).value)
      }
      expect(await ask('read /srv/app/given.txt')).toBe('given')
      expect(await ask(`read ${join(folder, 'given.txt')}`)).toBe('ENOENT')
      expect(await ask('read /etc/passwd')).toBe('ENOENT')
      expect(await ask('reach 169.254.169.254')).toBe('ENETUNREACH')
      expect(JSON.parse(await ask('env x'))).toEqual([
        'HOME',
        'LANG',
        'NO_COLOR',
        'PATH',
        'PWD',
        'TMPDIR',
        'TOKEN',
        'TZ',
      ])
      expect(commandLines().filter((line) => line.includes('canary-of-its-own'))).toEqual([])
      expect(await ask('read /proc/1/cmdline')).not.toContain('canary-of-its-own')
      program.stdin.end()
      expect(await program.closed).toMatchObject({ code: 0 })
    } finally {
      program.end()
      rmSync(folder, { recursive: true })
    }
  })

  test('ends at once when it is told to, whatever it does', async () => {
    const program = openStdioProgram({ command: ['node', '-e', `console.log('on'); for (;;) {}`] })
    await new Promise((heard) => program.stdout.once('data', heard))
    program.end()
    expect((await program.closed).code).not.toBe(0)
  })

  test('a value of its environment is no option of the walls', () => {
    const pairs = [
      ['TOKEN', 'x\0--ro-bind\0/\0/srv/all'],
      ['A\0B', 'x'],
      ['A=B', 'x'],
    ]
    for (const pair of pairs)
      expect(() => openStdioProgram({ command: ['node'], env: Object.fromEntries([pair]) })).toThrow(
        'The environment cannot hold',
      )
  })

  test('files are not given over the walls’ own', () => {
    const cover = (inside: string) => () =>
      openStdioProgram({ command: ['node'], readOnly: [{ outside: tmpdir(), inside }] })
    for (const inside of ['/usr/bin', '/proc', '/opt/node/bin', 'srv', '/srv/../etc', '/home/sandbox', '/'])
      expect(cover(inside), inside).toThrow('cannot be given')
  })
})

/** What every user of this machine can read of every process. */
function commandLines(): string[] {
  return readdirSync('/proc').flatMap((id) => {
    try {
      return /^\d+$/.test(id) ? [readFileSync(`/proc/${id}/cmdline`, 'utf8')] : []
    } catch {
      return [] // It has ended meanwhile.
    }
  })
}
