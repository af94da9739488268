import { describe, expect, test } from 'vitest'
import { findSecrets } from './find-secrets.ts'

/** Put together here, so that no scanner takes this file for a leak. */
const fake = (start: string) => `${start}${'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzAbCd'}`

describe('a text that looks like a secret', () => {
  test.each([
    [fake('sk-ant-'), 'ANTHROPIC_API_KEY'],
    [fake('sk-or-'), 'OPENROUTER_API_KEY'],
    [fake('sk-proj-'), 'OPENAI_API_KEY'],
    [fake('gsk_'), 'GROQ_API_KEY'],
    [fake('ghp_'), 'GITHUB_TOKEN'],
    [fake('xoxb-'), 'SLACK_BOT_TOKEN'],
  ])('%s… is found, with the name it would have', (key, name) => {
    expect(findSecrets(`Use ${key}, please.`)).toMatchObject([{ value: key, name, start: 4 }])
  })

  test('is found by the name it is given', () => {
    expect(findSecrets('db_password: "hunter2hunter3"')).toMatchObject([
      { value: 'hunter2hunter3', name: 'DB_PASSWORD' },
    ])
    expect(findSecrets('API_KEY=abc123def456')).toMatchObject([{ name: 'API_KEY' }])
  })

  test.each([
    'The secret: patience and kindness.',
    'token: {{requester}}',
    'password: $DB_PASSWORD',
    'api_key: <your key>',
    'secret: ********',
    'model: anthropic:claude-sonnet-4-5',
    'token: production',
    'id 0199aaaa-0000-7000-8000-000000000001',
  ])('%s is none', (text) => {
    expect(findSecrets(text)).toEqual([])
  })
})
