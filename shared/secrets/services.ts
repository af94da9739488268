/** The wire formats we speak. */
export type Speaks =
  | 'openai'
  | 'anthropic'
  | 'google'
  | 'mistral'
  | 'groq'
  | 'bedrock'
  | 'openrouter'
  | 'ollama'
  | 'openai-compatible'

/** A way to a model that a key opens; what cannot be told from the name of the provider alone. */
export type ModelDoor = {
  /** As a model names it: `anthropic:claude-…`. */
  provider: string
  speaks: Speaks
  /** Null where the organisation must say it; its key is optional then. */
  baseUrl: string | null
  /** The setting that overrules the address. */
  baseUrlName: string
}

export type Service = {
  id: string
  label: string
  /** The names its key goes by; the first is the one we suggest. */
  keys: readonly string[]
  /** Secrets that stand beside one of its keys. */
  companions?: readonly string[]
  /** Names that belong to it and are no secrets, such as an address. */
  settings: readonly string[]
  /** Where a person gets a key. */
  getOneAt: string | null
  /** What a key looks like, to show in the empty field. */
  example: string
  door: ModelDoor | null
  /** Where one cheap request tells whether the key is good; null where we cannot try. */
  tryAt: TryAt | null
}

export type TryAt = {
  /** Relative to the address of the door, or whole. */
  url: string
  /** How the key travels. */
  as: 'bearer' | 'x-api-key' | 'x-goog-api-key'
}

/** Known services, in the order they are shown; what has another name belongs to none of them. */
export const services: readonly Service[] = [
  {
    id: 'anthropic',
    label: 'Anthropic',
    keys: ['ANTHROPIC_API_KEY'],
    settings: ['ANTHROPIC_BASE_URL'],
    getOneAt: 'https://console.anthropic.com/settings/keys',
    example: 'sk-ant-…',
    door: model('anthropic', 'anthropic', 'https://api.anthropic.com/v1', 'ANTHROPIC_BASE_URL'),
    tryAt: { url: 'models?limit=1', as: 'x-api-key' },
  },
  {
    id: 'openai',
    label: 'OpenAI',
    keys: ['OPENAI_API_KEY'],
    settings: ['OPENAI_BASE_URL'],
    getOneAt: 'https://platform.openai.com/api-keys',
    example: 'sk-…',
    door: model('openai', 'openai', 'https://api.openai.com/v1', 'OPENAI_BASE_URL'),
    tryAt: { url: 'models', as: 'bearer' },
  },
  {
    id: 'openrouter',
    label: 'OpenRouter',
    keys: ['OPENROUTER_API_KEY'],
    settings: ['OPENROUTER_BASE_URL'],
    getOneAt: 'https://openrouter.ai/settings/keys',
    example: 'sk-or-…',
    door: model('openrouter', 'openrouter', 'https://openrouter.ai/api/v1', 'OPENROUTER_BASE_URL'),
    tryAt: { url: 'key', as: 'bearer' },
  },
  {
    id: 'google',
    label: 'Google',
    keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    settings: ['GEMINI_BASE_URL'],
    getOneAt: 'https://aistudio.google.com/apikey',
    example: 'AIza…',
    door: model('google', 'google', 'https://generativelanguage.googleapis.com/v1beta', 'GEMINI_BASE_URL'),
    tryAt: { url: 'models?pageSize=1', as: 'x-goog-api-key' },
  },
  {
    id: 'mistral',
    label: 'Mistral',
    keys: ['MISTRAL_API_KEY'],
    settings: ['MISTRAL_BASE_URL'],
    getOneAt: 'https://console.mistral.ai/api-keys',
    example: '32 letters and digits',
    door: model('mistral', 'mistral', 'https://api.mistral.ai/v1', 'MISTRAL_BASE_URL'),
    tryAt: { url: 'models', as: 'bearer' },
  },
  {
    id: 'groq',
    label: 'Groq',
    keys: ['GROQ_API_KEY'],
    settings: ['GROQ_BASE_URL'],
    getOneAt: 'https://console.groq.com/keys',
    example: 'gsk_…',
    door: model('groq', 'groq', 'https://api.groq.com/openai/v1', 'GROQ_BASE_URL'),
    tryAt: { url: 'models', as: 'bearer' },
  },
  {
    id: 'bedrock',
    label: 'Amazon Bedrock',
    // A key of Bedrock's own, or the two with which AWS signs every request.
    keys: ['AWS_BEARER_TOKEN_BEDROCK', 'AWS_ACCESS_KEY_ID'],
    companions: ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
    settings: ['BEDROCK_REGION', 'BEDROCK_BASE_URL'],
    getOneAt: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
    example: 'ABSK…',
    door: model('bedrock', 'bedrock', 'https://bedrock-runtime.us-east-1.amazonaws.com', 'BEDROCK_BASE_URL'),
    tryAt: null,
  },
  {
    id: 'deepseek',
    label: 'DeepSeek',
    keys: ['DEEPSEEK_API_KEY'],
    settings: ['DEEPSEEK_BASE_URL'],
    getOneAt: 'https://platform.deepseek.com/api_keys',
    example: 'sk-…',
    door: model('deepseek', 'openai-compatible', 'https://api.deepseek.com/v1', 'DEEPSEEK_BASE_URL'),
    tryAt: { url: 'models', as: 'bearer' },
  },
  {
    id: 'xai',
    label: 'xAI',
    keys: ['XAI_API_KEY'],
    settings: ['XAI_BASE_URL'],
    getOneAt: 'https://console.x.ai',
    example: 'xai-…',
    door: model('xai', 'openai-compatible', 'https://api.x.ai/v1', 'XAI_BASE_URL'),
    tryAt: { url: 'models', as: 'bearer' },
  },
  {
    id: 'ollama',
    label: 'Ollama',
    keys: ['OLLAMA_API_KEY'],
    settings: ['OLLAMA_BASE_URL'],
    getOneAt: null,
    example: 'Only for a server that asks for one',
    door: model('ollama', 'ollama', null, 'OLLAMA_BASE_URL'),
    tryAt: { url: 'tags', as: 'bearer' },
  },
  {
    id: 'openai-compatible',
    label: 'OpenAI-compatible',
    keys: ['OPENAI_COMPATIBLE_KEY'],
    settings: ['OPENAI_COMPATIBLE_BASE_URL', 'OPENAI_COMPATIBLE_NAME'],
    getOneAt: null,
    example: 'The key of your own endpoint, if it asks for one',
    door: model('openai-compatible', 'openai-compatible', null, 'OPENAI_COMPATIBLE_BASE_URL'),
    tryAt: { url: 'models', as: 'bearer' },
  },
  {
    id: 'github',
    label: 'GitHub',
    keys: ['GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_PAT'],
    settings: [],
    getOneAt: 'https://github.com/settings/tokens',
    example: 'github_pat_…',
    door: null,
    tryAt: { url: 'https://api.github.com/rate_limit', as: 'bearer' },
  },
  {
    id: 'slack',
    label: 'Slack',
    keys: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'],
    settings: [],
    getOneAt: 'https://api.slack.com/apps',
    example: 'xoxb-…',
    door: null,
    tryAt: null,
  },
  {
    id: 'telegram',
    label: 'Telegram',
    keys: ['TELEGRAM_BOT_TOKEN'],
    settings: [],
    getOneAt: 'https://core.telegram.org/bots#botfather',
    example: '123456:ABC…',
    door: null,
    tryAt: null,
  },
  {
    id: 'discord',
    label: 'Discord',
    keys: ['DISCORD_BOT_TOKEN'],
    settings: [],
    getOneAt: 'https://discord.com/developers/applications',
    example: 'The token of your bot',
    door: null,
    tryAt: null,
  },
]

/** What has a name nobody knows is the organisation's own. */
export const customService = 'custom'

/** The id of the service a name belongs to. */
export function serviceOf(name: string): string {
  const found = services.find((service) => namesOf(service).includes(name))
  return found?.id ?? customService
}

/** Addresses and names: kept as secrets are, but agents and logs may show them. */
export function isSetting(name: string): boolean {
  return services.some(({ settings }) => settings.includes(name))
}

/** Does a model somewhere wait for it, or may it? */
export function isForModels(name: string): boolean {
  return services.some((service) => service.door !== null && namesOf(service).includes(name))
}

/** Names whose value is the address of a model. */
export function isAddress(name: string): boolean {
  return services.some(({ door }) => door?.baseUrlName === name)
}

function namesOf({ keys, companions = [], settings }: Service): string[] {
  return [...keys, ...companions, ...settings]
}

function model(provider: string, speaks: Speaks, baseUrl: string | null, baseUrlName: string): ModelDoor {
  return { provider, speaks, baseUrl, baseUrlName }
}
