import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBlocks, parseInline } from './rich-text-parse.ts'

describe('text of an agent', () => {
  it('is split into headings, lists, quotes, code and paragraphs', () => {
    const text =
      '### Plan\nFirst line\nsecond line\n\n- one\n- two\n\n1. a\n2. b\n\n> said\n> so\n\n```\nlet x = 1\n```\nend'
    expect(parseBlocks(text)).toEqual([
      { kind: 'heading', text: 'Plan' },
      { kind: 'paragraph', text: 'First line\nsecond line' },
      { kind: 'list', isOrdered: false, items: ['one', 'two'] },
      { kind: 'list', isOrdered: true, items: ['a', 'b'] },
      { kind: 'quote', text: 'said\nso' },
      { kind: 'code', text: 'let x = 1' },
      { kind: 'paragraph', text: 'end' },
    ])
  })

  it('marks bold, emphasis and code, and leaves lonely marks alone', () => {
    expect(parseInline('a **bold** and `code` and *so* on')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'bold', text: 'bold' },
      { kind: 'text', text: ' and ' },
      { kind: 'code', text: 'code' },
      { kind: 'text', text: ' and ' },
      { kind: 'emphasis', text: 'so' },
      { kind: 'text', text: ' on' },
    ])
    expect(parseInline('2 * 3 * 4 and snake_case_name **')).toEqual([
      { kind: 'text', text: '2 * 3 * 4 and snake_case_name **' },
    ])
  })

  it('keeps markup as text, whatever it is', () => {
    const text = '<img src=x onerror=alert(1)> [link](javascript:alert(1))'
    expect(parseBlocks(text)).toEqual([{ kind: 'paragraph', text }])
  })

  it('loses no word of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '#', '-', '>', '*', '`', '1', '.') }), (text) => {
        const shown = parseBlocks(text)
          .flatMap((block) => (block.kind === 'list' ? block.items : [block.text]))
          .flatMap(parseInline)
          .map((part) => part.text)
          .join('')
        const letters = (some: string) => some.replace(/[^a]/g, '')
        const unmarked = text.replace(/```.*/g, '')
        expect(letters(shown).length).toBeGreaterThanOrEqual(letters(unmarked).length)
      }),
    )
  })
})
