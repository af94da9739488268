import { realpathSync } from 'node:fs'

/** The Node this server runs by, as programs inside find it. */
export function findNode(): {
  readonly binds: readonly (readonly [string, string])[]
  readonly env: Readonly<Record<string, string>>
} {
  return {
    binds: [[realpathSync(process.execPath), '/opt/node/bin/node']],
    env: { PATH: '/opt/node/bin:/usr/bin:/bin' },
  }
}
