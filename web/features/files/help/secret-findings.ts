import type { Finding } from '../../../ui/code-help.ts'
import { findSecrets } from './find-secrets.ts'
import type { Surroundings } from './surroundings.ts'

/** Texts that look like secrets, each with the offer to keep it as one. */
export function secretFindings(text: string, { makeSecret }: Pick<Surroundings, 'makeSecret'>): Finding[] {
  return findSecrets(text).map(({ start, end, what, name, value }) => ({
    ...{ start, end, tone: 'warning' as const, code: 'secret' },
    message: `This looks like ${what}. Whoever may read this file reads it, and its history keeps it.`,
    fixes: makeSecret
      ? [{ title: `Keep it as the secret ${name}…`, isBest: true, run: () => makeSecret({ name, value }) }]
      : [],
  }))
}
