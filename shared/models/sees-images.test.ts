import { expect, test } from 'vitest'
import { imageTypeOf, seesImages } from './sees-images.ts'

test.each([
  ['anthropic:claude-sonnet-4-5', true],
  ['anthropic:claude-3-5-haiku-latest', true],
  ['anthropic:claude-2.1', false],
  ['openai:gpt-5-mini', true],
  ['openai:gpt-3.5-turbo', false],
  ['openai:o1-mini', false],
  ['google:gemini-2.5-flash', true],
  ['bedrock:anthropic.claude-sonnet-4-5-20250929-v1:0', true],
  ['bedrock:amazon.nova-micro-v1:0', false],
  ['openrouter:anthropic/claude-sonnet-4.5', true],
  ['groq:llama-3.3-70b-versatile', false],
  ['ollama:llava', true],
  ['rehearsal', false],
  ['openai-compatible:own', false],
])('%s sees pictures: %s', (model, sees) => {
  expect(seesImages(model)).toBe(sees)
})

test('a picture is known by its bytes', () => {
  expect(imageTypeOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg')
  expect(imageTypeOf(bytes('RIFF1234WEBPVP8 '))).toBe('image/webp')
  expect(imageTypeOf(bytes('<svg onload="x()">'))).toBeUndefined()
})

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}
