import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** What is wrong with a value of config.yaml, for the person who wrote it. Words of the schema's own are kept. */
export function explainConfigIssue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Write ${kinds[issue.expected] ?? issue.expected} here.`
    case 'too_big':
      return isOurs(issue.message) ? issue.message : `Use at most ${issue.maximum}${unitOf(issue.origin)}.`
    case 'too_small':
      return isOurs(issue.message) ? issue.message : tooSmall(issue)
    case 'invalid_union': {
      const [first] = issue.errors[0] ?? []
      return first ? explainConfigIssue(first) : 'Write one of the forms that are allowed here.'
    }
    default:
      return issue.message
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, one "- item" a line',
  object: 'fields, one "name: value" a line',
  record: 'fields, one "name: value" a line',
}

function tooSmall({ origin, minimum }: Issue & { code: 'too_small' }): string {
  if (origin === 'string' && minimum === 1) return 'This may not be empty.'
  return `Use at least ${minimum}${unitOf(origin)}.`
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' items' : ''
}

/** The library's own words begin so; the schema's are sentences. */
function isOurs(message: string): boolean {
  return !/^(Invalid|Too (big|small))/.test(message)
}
