export type PromptValues = { name: string; role: string; requester: string; peers: readonly string[] }

/** What may stand in a prompt between double braces: a closed list, filled in once when a delegation begins. */
export const promptVariables = [
  { name: 'name', about: 'The name of this workspace.' },
  { name: 'role', about: 'Its role, as config.yaml says it.' },
  { name: 'requester', about: 'Who gave the work: a person, a schedule or another workspace.' },
  { name: 'peers', about: 'The names of those it may talk to, with commas between.' },
] as const

const variable = /\{\{[ \t]*([a-z_]{1,40})[ \t]*\}\}/g

/** Puts the values in, in one pass: braces inside a value stay as they are, and so does what no variable is called. */
export function fillPrompt(text: string, { name, role, requester, peers }: PromptValues): string {
  const values = new Map<string, string>([
    ['name', name],
    ['role', role],
    ['requester', requester],
    ['peers', peers.join(', ')],
  ])
  return text.replaceAll(variable, (written, called: string) => values.get(called) ?? written)
}

/** Every pair of double braces around a word, and where it stands. */
export function findVariables(text: string): { name: string; start: number; end: number }[] {
  return [...text.matchAll(variable)].map((match) => ({
    name: match[1] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }))
}
