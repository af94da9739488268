/** Something a person must put right before the program can run; `fix` says how. */
export class SetupError extends Error {
  constructor(message, fix) {
    super(message)
    this.fix = fix
  }
}

export function say(line) {
  process.stderr.write(`delegraph: ${line}\n`)
}

/** Announces work that takes a while and says how long it took. */
export async function telling(what, work) {
  say(`${what} …`)
  const start = performance.now()
  const result = await work()
  say(`${what}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return result
}
