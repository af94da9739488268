import { expect, test, vi } from 'vitest'
import { connectionFor } from './connections.ts'
import { patienceFor } from './provider-fetch.ts'

test('a model on a machine that the operator listed has longer to say its first word', () => {
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', '127.0.0.1:11434')
  const own = { OLLAMA_BASE_URL: { value: 'http://127.0.0.1:11434', isOwn: false } }
  expect(patienceFor(connectionFor('ollama:llama3', own))).toBe(300_000)
  const away = { OPENAI_API_KEY: { value: 'sk-test', isOwn: false } }
  expect(patienceFor(connectionFor('openai:gpt-4o', away))).toBe(60_000)
  vi.unstubAllEnvs()
})
