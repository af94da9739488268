import { z } from 'zod'

/**
 * What is wrong with an answer that should be JSON of this schema, in words for the model; null where nothing is. Fences
 * around it do not count.
 */
export function problemWith(answer: string, schema: Readonly<Record<string, unknown>>): string | null {
  const text = bareJson(answer)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'It is no JSON.'
  }
  const checker = checkerOf(schema)
  // A schema nobody can read was refused when it was saved; what slipped through must not stop the work.
  const result = checker?.safeParse(value)
  if (!result || result.success) return null
  return result.error.issues
    .slice(0, 10)
    .map(({ path, message }) => `${path.join('.') || 'The whole'}: ${message}`)
    .join('; ')
}

/** Models like to fence what they were asked to give bare. */
export function bareJson(answer: string): string {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/.exec(answer)
  return (fenced?.[1] ?? answer).trim()
}

/** Undefined where it is no JSON Schema that can be checked. */
export function checkerOf(schema: Readonly<Record<string, unknown>>): z.ZodType | undefined {
  try {
    return z.fromJSONSchema({ ...schema })
  } catch {
    return undefined
  }
}
