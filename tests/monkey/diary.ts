import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../node_modules/.cache/delegraph/monkey')

export type Diary = {
  /** Where all of it stands, also after the play was broken off. */
  path: string
  note: (words: string) => void
  /** What was noted last, newest last. */
  last: (count: number) => readonly string[]
  /** Where a picture that belongs to it is to be kept. */
  pathOf: (picture: string) => string
  end: () => void
}

/** All that was done, each line in the file as soon as it is said: a failure can be traced to its beginning. */
export function openDiary(name: string, onLine: (line: string) => void): Diary {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.log`)
  const file = openSync(path, 'w')
  const began = performance.now()
  const lines: string[] = []
  return {
    path,
    note: (words) => {
      const line = `${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${words}`
      lines.push(line)
      writeSync(file, `${line}\n`)
      onLine(line)
    },
    pathOf: (picture) => path.replace(/log$/, `${picture}.png`),
    last: (count) => lines.slice(-count),
    end: () => closeSync(file),
  }
}
