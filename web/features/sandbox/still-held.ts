import type { Server } from '#sandbox/sandbox.ts'
import type { SessionFiles } from './changes/session-files.ts'

/** Why the sessions of an org cannot be ended for another's, for people; null where nothing of its terminal would be lost. */
export function stillHeld(
  name: string | undefined,
  files: readonly Pick<SessionFiles, 'atStake'>[],
  servers: readonly Pick<Server, 'isOfRun'>[],
): string | null {
  const stakes = files.map((each) => each.atStake())
  const [first, ...others] = stakes.flatMap(({ unsaved }) => unsaved)
  const isRunning = stakes.some((stake) => stake.isRunning) || servers.some(({ isOfRun }) => !isOfRun)
  const rest = others.length > 0 ? ` and ${others.length} more` : ''
  const what = [
    ...(isRunning ? ['a program that runs'] : []),
    ...(first === undefined ? [] : [`${first}${rest} that nobody saved`]),
  ]
  if (what.length === 0) return null
  return `The terminal of ${name ?? 'another organisation'} still has ${what.join(', and ')}, and this would end it. Go there, end its programs and save its files or remove them, then try again. Reloading this page ends it all.`
}
