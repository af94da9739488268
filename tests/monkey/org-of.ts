/** The org whose page an address shows. */
export function orgOf(address: string): string | undefined {
  return /\/o\/([0-9a-f-]{36})(?:[/?#]|$)/.exec(address)?.[1]
}
