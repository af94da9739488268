/** Short names by which imported configs call models. An organisation's own aliases go before these. */
export const builtInAliases: Readonly<Record<string, string>> = {
  sonnet: 'anthropic:claude-sonnet-4-5',
  opus: 'anthropic:claude-opus-4-5',
  haiku: 'anthropic:claude-haiku-4-5',
  gpt: 'openai:gpt-5',
  'gpt-mini': 'openai:gpt-5-mini',
  gemini: 'google:gemini-2.5-pro',
  'gemini-flash': 'google:gemini-2.5-flash',
  mistral: 'mistral:mistral-large-latest',
  llama: 'groq:llama-3.3-70b-versatile',
}

export type Aliases = Readonly<Record<string, string>>

/** Makers whose models are known by how their names begin. */
const families: readonly (readonly [begins: RegExp, provider: string])[] = [
  [/^claude-/, 'anthropic'],
  [/^(gpt-|o[1-9](-|$)|chatgpt-)/, 'openai'],
  [/^gemini-/, 'google'],
  [/^(mistral|ministral|magistral|codestral|devstral|pixtral)-/, 'mistral'],
]

/**
 * The full `provider:model` of a name: the organisation's alias, else ours, else the family a bare name belongs to. What is
 * full already, or nobody knows, is given back as it is.
 */
export function resolveModel(name: string, own: Aliases = {}): string {
  const meant = aliasOf(own, name) ?? name
  if (isRehearsal(name)) return name
  const known = aliasOf(builtInAliases, meant) ?? meant
  if (known.includes(':')) return known
  const family = families.find(([begins]) => begins.test(known))
  return family ? `${family[1]}:${known}` : known
}

/** The rehearsal model stays what it is, whatever anybody calls so. */
export function isRehearsal(model: string): boolean {
  return model === 'rehearsal' || model.startsWith('rehearsal:')
}

function aliasOf(aliases: Aliases, name: string): string | undefined {
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined
}
