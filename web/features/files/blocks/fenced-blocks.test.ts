import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fencedBlockAt, fencedBlocks } from './fenced-blocks.ts'

describe('the code blocks of a prompt', () => {
  it('have a language, their code, and the lines of their fences', () => {
    expect(fencedBlocks('# Plan\n\n```ts\nlet x = 1\n\nx\n```\nend\n~~~ python title="a"\nprint(1)\n~~~')).toEqual([
      { language: 'ts', code: 'let x = 1\n\nx', from: 3, to: 7 },
      { language: 'python', code: 'print(1)', from: 9, to: 11 },
    ])
  })

  it('end with the text where nobody closed them', () => {
    expect(fencedBlocks('```js\nlet x\n')).toEqual([{ language: 'js', code: 'let x\n', from: 1, to: 3 }])
    expect(fencedBlocks('a\n```js')).toEqual([{ language: 'js', code: '', from: 2, to: 2 }])
  })

  it('lose what a list sets them in by, and no more', () => {
    expect(fencedBlocks('1. Run:\n   ```py\n   if x:\n       y\n  z\n\n   ```')).toEqual([
      { language: 'py', code: 'if x:\n    y\nz\n', from: 2, to: 7 },
    ])
    expect(fencedBlocks('- ```js\n  let x\n  ```\nend')).toEqual([{ language: 'js', code: 'let x', from: 1, to: 3 }])
  })

  it('are closed only by a fence of the same sign that is as long, bare, and no deeper than code', () => {
    expect(fencedBlocks('````md\n```js\nx\n```\n````')).toEqual([
      { language: 'md', code: '```js\nx\n```', from: 1, to: 5 },
    ])
    expect(fencedBlocks('~~~py\n```\n~~~ x\n    ~~~\n~~~~')).toEqual([
      { language: 'py', code: '```\n~~~ x\n    ~~~', from: 1, to: 5 },
    ])
  })

  it('are none where backticks stand within a line', () => {
    expect(fencedBlocks('```js``` and ``x``\n``\nlet x\n``')).toEqual([])
  })

  it('say their language without what else is said of it', () => {
    const languages = ['```ts {1,3}', '```js{2}', '```TS', '``` py', '```', '```{.python}'].map(
      (line) => fencedBlocks(line)[0]?.language,
    )
    expect(languages).toEqual(['ts', 'js', 'TS', 'py', '', ''])
  })

  it('are read with any ends of lines', () => {
    expect(fencedBlocks('a\r\n```js\r\nx\r\n```\r\nb')).toEqual([{ language: 'js', code: 'x', from: 2, to: 4 }])
  })

  it('are found by each of their lines and by no other', () => {
    const text = 'a\n```js\nx\n```\nb\n```py\ny'
    const found = [1, 2, 3, 4, 5, 6, 7, 8].map((line) => fencedBlockAt(text, line)?.language)
    expect(found).toEqual([undefined, 'js', 'js', 'js', undefined, 'py', 'py', undefined])
  })

  it('never overlap, whatever is written', () => {
    const unit = fc.constantFrom('a', ' ', '\n', '```', '~~~', '- ', '1. ')
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const count = text.split('\n').length
        const blocks = fencedBlocks(text)
        for (const [index, { from, to }] of blocks.entries()) {
          expect(from).toBeGreaterThan(blocks[index - 1]?.to ?? 0)
          expect(to).toBeGreaterThanOrEqual(from)
          expect(to).toBeLessThanOrEqual(count)
        }
      }),
    )
  })
})
