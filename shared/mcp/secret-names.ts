const reference = /\{\{\s*secret\s+([A-Z][A-Z0-9_]*)\s*\}\}/g
/** What carries a key more often than not. */
const isSensitive = /auth|token|secret|password|cookie|api[-_]?key|(^|[-_])key$/i

type Values = Readonly<Record<string, string>>

/** The secrets a text names. */
export function secretNames(values: Values): string[] {
  const found = Object.values(values).flatMap((text) => [...text.matchAll(reference)].map(([, name]) => name ?? ''))
  return [...new Set(found)].toSorted()
}

/** The texts with the values in place of the names. */
export function withSecrets(values: Values, secrets: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, text]) => [
      key,
      text.replaceAll(reference, (_, name: string) => secrets[name] ?? ''),
    ]),
  )
}

/** Entries that carry a key by their name and yet hold it as plain text; it belongs into a secret. */
export function plainSecrets(values: Values): string[] {
  return Object.keys(values).filter(
    (name) => isSensitive.test(name) && secretNames({ text: values[name] ?? '' }).length === 0,
  )
}
