import { expect, test } from 'vitest'
import { MissingKeys } from '#shared/secrets/contract.ts'
import { choicesOf, questionsOf } from './missing-questions.ts'

const id = (n: number) => `0195d6a0-1111-7abc-8def-00000000000${n}`
const lacking = (n: number, name: string, ...required: { anyOf: string[]; forModel: boolean }[]) => ({
  workspaceId: id(n),
  workspaceName: name,
  model: 'openai:gpt-4o',
  required,
  recommended: [{ anyOf: ['NICE_TO_HAVE'], forModel: false }],
})

test('each key is asked once for all who lack it, those of models first, and what is only wished for never', () => {
  const missing = MissingKeys.parse([
    lacking(1, 'Lead', { anyOf: ['SLACK_BOT_TOKEN'], forModel: false }, { anyOf: ['OPENAI_API_KEY'], forModel: true }),
    lacking(2, 'Writer', { anyOf: ['OPENAI_API_KEY'], forModel: true }),
  ])
  expect(questionsOf(missing)).toEqual([
    {
      id: 'OPENAI_API_KEY',
      anyOf: ['OPENAI_API_KEY'],
      forModel: true,
      workspaces: [
        { id: id(1), name: 'Lead' },
        { id: id(2), name: 'Writer' },
      ],
    },
    { id: 'SLACK_BOT_TOKEN', anyOf: ['SLACK_BOT_TOKEN'], forModel: false, workspaces: [{ id: id(1), name: 'Lead' }] },
  ])
})

test('a name that one workspace must have answers the choice of another', () => {
  const missing = MissingKeys.parse([
    lacking(1, 'Lead', { anyOf: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY'], forModel: false }),
    lacking(2, 'Writer', { anyOf: ['OPENAI_API_KEY'], forModel: true }),
  ])
  const [only, ...others] = questionsOf(missing)
  expect(others).toEqual([])
  expect(only).toMatchObject({ anyOf: ['OPENAI_API_KEY'], forModel: true, workspaces: [{}, {}] })
})

test('of the several names of one service only one is offered', () => {
  expect(choicesOf(['GEMINI_API_KEY', 'GOOGLE_API_KEY'])).toEqual(['GEMINI_API_KEY'])
  expect(choicesOf(['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'MINE', 'YOURS'])).toHaveLength(4)
})
