import type { Notice } from '#shared/notices/contract.ts'

/** What stands in one line: the newest of it, and what came before of the same kind out of the same work. */
export type Gathered = { newest: Notice; earlier: readonly Notice[] }

/** Messages of one work that follow on each other are one line, so that work that tells much leaves room for the rest. */
export function gather(newestFirst: readonly Notice[]): readonly Gathered[] {
  const lines: { newest: Notice; earlier: Notice[] }[] = []
  for (const notice of newestFirst) {
    const line = lines.at(-1)
    if (line && isSameTalk(line.newest, notice)) line.earlier.push(notice)
    else lines.push({ newest: notice, earlier: [] })
  }
  return lines
}

function isSameTalk(one: Notice, other: Notice): boolean {
  if (one.kind !== 'message' || other.kind !== 'message') return false
  return one.workspace?.id === other.workspace?.id && one.delegation?.id === other.delegation?.id
}
