import type { Workspace } from '#shared/workspaces/contract.ts'

type Subject = Pick<Workspace, 'name' | 'role' | 'model'>

const fields = ['name', 'role', 'model', 'status'] as const
type Field = (typeof fields)[number]

/** One word of a search; with a field it is looked for there only. */
export type Term = { field: Field | undefined; text: string }

/** "status:waiting model:haiku writer" as terms; what stands in quotes is one. Nothing typed is no term. */
export function parseFilter(query: string): Term[] {
  const words = query.toLowerCase().match(/(?:[a-z]+:)?"[^"]*"?|\S+/g) ?? []
  return words.flatMap((word) => {
    const [head = '', ...rest] = word.split(':')
    const field = rest.length > 0 ? fields.find((one) => one === head) : undefined
    const text = (field === undefined ? word : rest.join(':')).replaceAll('"', '').trim()
    return text === '' ? [] : [{ field, text }]
  })
}

/** True where every term is found. `status` is the word that the card shows. */
export function isMatch(terms: readonly Term[], workspace: Subject, status: string): boolean {
  const texts: Record<Field, string> = {
    name: workspace.name.toLowerCase(),
    role: workspace.role.toLowerCase(),
    model: workspace.model.toLowerCase(),
    status: status.toLowerCase(),
  }
  return terms.every(({ field, text }) =>
    field === undefined ? fields.some((one) => texts[one].includes(text)) : texts[field].includes(text),
  )
}

/** The match after, or before, the one a person is at; round at the ends. Order is that of the list. */
export function nextMatch<T>(matches: readonly T[], at: T | undefined, step: 1 | -1): T | undefined {
  if (matches.length === 0) return undefined
  const here = at === undefined ? -1 : matches.indexOf(at)
  if (here === -1) return step === 1 ? matches[0] : matches.at(-1)
  return matches[(here + step + matches.length) % matches.length]
}
