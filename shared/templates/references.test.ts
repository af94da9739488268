import { expect, test } from 'vitest'
import { namesInEnvFile, referencesIn } from './references.ts'

test('references are names after a dollar, braced or bare; a price is none', () => {
  expect(referencesIn(`\${A}/x/$B_2 costs $5 and \${} or $`)).toEqual(['A', 'B_2'])
})

test('an .env file gives the names that have a value', () => {
  const text = '# note\nA=1\n export B = "two"\nEMPTY=\nQUOTED=""\nnot a line\n=x\nC=a=b\r\n'
  expect(namesInEnvFile(text)).toEqual(['A', 'B', 'C'])
})
