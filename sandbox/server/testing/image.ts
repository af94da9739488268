import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { defaultLimits, type Limits } from '../../sandbox.ts'
import { type Parked, park } from '../parked.ts'
import { findProjectRuntime } from '../runtimes.ts'
import { findWalls, type Walls } from '../walls.ts'

/** What stands behind a stand-in for a place elsewhere: the programs it starts really run, behind bubblewrap. */
export type Image = {
  start(program: StartedProgram): Parked
  close(): void
}

export type StartedProgram = {
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Absolute inside paths of files that were put there. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly limits: Partial<Limits>
}

/** Undefined with the reason where this machine cannot confine programs. */
export function openImage(): Image | { readonly reason: string } {
  const walls = findWalls()
  if ('reason' in walls) return walls
  return imageBehind(walls)
}

function imageBehind(walls: Walls): Image {
  const folder = mkdtempSync(join(tmpdir(), 'delegraph-image-'))
  const installed = findProjectRuntime()
  let count = 0
  return {
    start({ command, env, files, limits }) {
      const own = join(folder, String(count++))
      const binds = [...files].map(([path, bytes]) => {
        const outside = join(own, path)
        mkdirSync(dirname(outside), { recursive: true })
        writeFileSync(outside, bytes)
        return [outside, path] as const
      })
      const program = {
        command,
        binds: [...installed.binds.filter(([, inside]) => inside.startsWith('/opt/node')), ...binds],
        env: { ...env, PATH: '/opt/node/bin:/usr/bin:/bin' },
      }
      return park(walls, program, { ...defaultLimits, ...limits })
    },
    close() {
      rmSync(folder, { recursive: true, force: true })
      walls.remove()
    },
  }
}
