import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, parseBlocks, parseInline } from './rich-text-parse.ts'

function textsOf(block: Block): string[] {
  if (block.kind === 'list') return block.items
  return block.kind === 'table' ? [...block.head, ...block.rows.flat()] : [block.text]
}

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
      { kind: 'code', language: '', text: 'let x = 1' },
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

  it('reads tables, cells with a bar in them too', () => {
    const text = 'Before\n| Name | Price |\n|---|---:|\n| A \\| B | 2 |\n| C | 3 |\nAfter'
    expect(parseBlocks(text)).toEqual([
      { kind: 'paragraph', text: 'Before' },
      {
        kind: 'table',
        head: ['Name', 'Price'],
        rows: [
          ['A | B', '2'],
          ['C', '3'],
        ],
      },
      { kind: 'paragraph', text: 'After' },
    ])
  })

  it('links to pages and mail, and leaves every other scheme as it was written', () => {
    const link = (text: string, url: string, isImage = false) => ({ kind: 'link', text, url, isImage })
    expect(parseInline('[Docs](https://example.com/a_(b)) and https://example.com/x.')).toEqual([
      link('Docs', 'https://example.com/a_(b)'),
      { kind: 'text', text: ' and ' },
      link('https://example.com/x', 'https://example.com/x'),
      { kind: 'text', text: '.' },
    ])
    expect(parseInline('![a map](https://example.com/m.png)')).toEqual([
      link('a map', 'https://example.com/m.png', true),
    ])
    for (const target of ['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', '/o/1', 'vbscript:x']) {
      const text = `[here](${target})`
      expect(parseInline(text).some(({ kind }) => kind === 'link')).toBe(false)
      expect(
        parseInline(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    }
  })

  it('loses no word of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '#', '-', '>', '*', '`', '1', '.') }), (text) => {
        const shown = parseBlocks(text)
          .flatMap(textsOf)
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
