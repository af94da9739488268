import { expect, test } from 'vitest'
import { MemoryId } from '#shared/kernel/ids.ts'
import { consolidate, type Kept } from '#shared/memory/consolidate.ts'

test('two thousand unlike memories hold the process up for less than 300 ms, and the like ones among them are found', () => {
  const unlike = Array.from({ length: 2_000 }, (_, at) => memory(at, `${letters(at)} ${commonWords(at)}`))
  const twins = [memory(2_001, commonWords(1)), memory(2_002, `${commonWords(1)} please`)]
  // Of this process, for what else the machine does meanwhile is not the tidying's.
  const before = process.cpuUsage()
  const changes = consolidate([...unlike, ...twins], Date.now())
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(300)
  expect(changes).toContainEqual({ does: 'merged', memoryId: twins[0]?.id, into: twins[1]?.id })
})

function memory(at: number, text: string): Kept {
  const id = MemoryId.parse(`01890000-0000-7000-8000-${String(at).padStart(12, '0')}`)
  const times = { createdAt: Date.now() + at, touchedAt: Date.now() }
  return { id, text, ...times, scope: 'LOCAL', kind: 'semantic', importance: 0.5, pinned: false }
}

/** Sixty of nine hundred words: any two memories share some, and few share most. */
function commonWords(of: number): string {
  return Array.from({ length: 60 }, (_, at) => `w${letters((of * 31 + at * 7) % 900)}`).join(' ')
}

/** Without digits, which would tell any two apart. */
function letters(of: number): string {
  return [...String(of)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
}
