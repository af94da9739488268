/** Says what holds, and ends the story with what does not. */
export function check(what: string, holds: boolean, found?: unknown): void {
  if (!holds)
    throw new Error(`It does not hold: ${what}${found === undefined ? '' : ` (found ${JSON.stringify(found)})`}.`)
  console.log(`  ✓ ${what}`)
}
