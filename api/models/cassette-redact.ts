/** Gives the value back without what must not be written; objects and lists are copied. */
export type Redact = (value: unknown) => unknown

const redacted = '[redacted]'

/** Names under which only secrets travel. */
const secretName =
  /^(proxy-)?authorization$|^(set-)?cookie$|api[-_]?key|secret|password|passwd|(access|refresh|auth|bearer)[-_]?token/i

/** What keys look like: known prefixes of providers, bearer words, JSON web tokens, private keys, and keys within addresses. */
const keyShapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(sk|pk|rk|gsk|xai|hf|key|r8|pplx|fw)[-_][\w-]{16,}/g,
  /\b(ghp|gho|ghu|ghs|github_pat|glpat|npm)[-_]\w{16,}/g,
  /\bxox[abeprs]-[\w-]{10,}/g,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\b(Bearer|Basic)\s+[\w+/=.~-]{8,}/gi,
  /(?<=[?&](key|api_key|apikey|token|access_token|sig|signature)=)[^&\s"]+/gi,
]

/** Takes out authorization headers and whatever looks like a key. */
export function redactKeys(value: unknown): unknown {
  if (typeof value === 'string') return keyShapes.reduce((text, shape) => text.replace(shape, redacted), value)
  if (Array.isArray(value)) return value.map(redactKeys)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array || value instanceof Date || value instanceof URL) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, redactNamed(name, part)]))
}

function redactNamed(name: string, part: unknown): unknown {
  return secretName.test(name) && typeof part === 'string' ? redacted : redactKeys(part)
}
