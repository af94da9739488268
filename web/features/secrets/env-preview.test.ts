import { expect, test } from 'vitest'
import { Secret } from '#shared/secrets/contract.ts'
import { previewEnv } from './env-preview.ts'

const kept = Secret.parse({
  ...{
    id: '0195d6a0-1111-7abc-8def-000000000001',
    name: 'OPENAI_API_KEY',
    workspaceId: null,
    hint: '••••',
    version: 2,
  },
  ...{
    service: 'openai',
    createdAt: '2026-01-01T00:00:00.000Z',
    createdByName: 'Ada',
    usedBy: 0,
    usedByServers: 0,
    lastUsedAt: null,
  },
  ...{ updatedAt: '2026-01-01T00:00:00.000Z', updatedByName: 'Ada' },
})

test('a pasted .env says what is new, what it replaces, what comes twice and what cannot be read', () => {
  const { lines, problems } = previewEnv('OPENAI_API_KEY=a\nTWICE=1\nTWICE=2\nno line', null, [kept])
  expect(lines).toEqual([
    { name: 'OPENAI_API_KEY', value: 'a', version: 3, isRepeated: false },
    { name: 'TWICE', value: '2', version: 1, isRepeated: true },
  ])
  expect(problems.map(({ line }) => line)).toEqual([4])
})
