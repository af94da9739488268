import { SetupError } from './speech.mjs'

/** Node 20 is the oldest that can run the installer; the program itself runs on the Node it brings. */
export function requireRuntime() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 20) return
  throw new SetupError(
    `Node ${process.versions.node} is too old.`,
    'Install Node 20 or newer from https://nodejs.org, then run this again.',
  )
}
