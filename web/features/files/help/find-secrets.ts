import { canBeRedacted } from '#shared/secrets/can-be-redacted.ts'
import { services } from '#shared/secrets/services.ts'
import type { Stretch } from '../../../ui/code-help.ts'

export type FoundSecret = Stretch & {
  value: string
  /** What it seems to be, e.g. "a key of OpenAI". */
  what: string
  /** The name it would be kept under. */
  name: string
}

/** Shapes of keys as those who issue them document them; the first that fits names it. */
const shapes: readonly { shape: RegExp; what: string; name: string }[] = [
  { shape: /sk-ant-[\w-]{16,}/g, what: 'a key of Anthropic', name: keyOf('anthropic') },
  { shape: /sk-or-[\w-]{16,}/g, what: 'a key of OpenRouter', name: keyOf('openrouter') },
  { shape: /sk-(?:proj-)?[A-Za-z0-9_-]{20,}/g, what: 'a key of OpenAI', name: keyOf('openai') },
  { shape: /AIza[\w-]{30,}/g, what: 'a key of Google', name: keyOf('google') },
  { shape: /gsk_[A-Za-z0-9]{20,}/g, what: 'a key of Groq', name: keyOf('groq') },
  { shape: /xai-[A-Za-z0-9]{20,}/g, what: 'a key of xAI', name: keyOf('xai') },
  { shape: /gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}/g, what: 'a token of GitHub', name: keyOf('github') },
  { shape: /xox[abposr]-[\w-]{10,}|xapp-[\w-]{10,}/g, what: 'a token of Slack', name: keyOf('slack') },
  { shape: /\b\d{8,10}:[A-Za-z0-9_-]{35}\b/g, what: 'a token of Telegram', name: keyOf('telegram') },
  { shape: /\bAKIA[A-Z0-9]{16}\b/g, what: 'an access key of AWS', name: 'AWS_ACCESS_KEY_ID' },
  { shape: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g, what: 'a signed token', name: 'ACCESS_TOKEN' },
  {
    shape: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/g,
    ...{ what: 'a private key', name: 'PRIVATE_KEY' },
  },
]

/** `password: …`, `API_KEY=…`: a name that promises a secret, and a value that could be one. */
const assigned =
  /\b([A-Za-z][\w-]*?(?:api[_-]?key|secret|token|passw(?:or)?d)|api[_-]?key|secret|token|passw(?:or)?d)\b["'`]?\s*[:=]\s*["'`]?([^\s"'`,;]{8,200})/gi

/** Texts that look like secrets, in order; each stretch once. */
export function findSecrets(text: string): FoundSecret[] {
  const found: FoundSecret[] = []
  const add = (secret: FoundSecret) => {
    if (!found.some(({ start, end }) => secret.start < end && start < secret.end)) found.push(secret)
  }
  for (const { shape, what, name } of shapes) {
    for (const match of text.matchAll(shape)) {
      const value = match[0]
      add({ start: match.index, end: match.index + value.length, value, what, name })
    }
  }
  for (const match of text.matchAll(assigned)) {
    const [whole, called = '', value = ''] = match
    if (!looksRandom(value)) continue
    const end = match.index + whole.length
    add({ start: end - value.length, end, value, what: 'a secret', name: secretNameOf(called) })
  }
  return found.toSorted((one, other) => one.start - other.start)
}

/** Words and references are no secrets: what is meant has letters and digits mixed, and would be masked. */
function looksRandom(value: string): boolean {
  if (/^(\$|\{\{|<|\*+$|…)/.test(value) || !canBeRedacted(value)) return false
  return /\d/.test(value) && /[A-Za-z]/.test(value) && new Set(value).size >= 6
}

function secretNameOf(called: string): string {
  const name = called.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
  return /^[A-Z]/.test(name) ? name : `SECRET_${name}`
}

function keyOf(service: string): string {
  return services.find(({ id }) => id === service)?.keys[0] ?? 'API_KEY'
}
