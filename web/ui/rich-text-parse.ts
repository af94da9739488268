export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'quote'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; isOrdered: boolean; items: string[] }
  | { kind: 'paragraph'; text: string }

export type Inline = { kind: 'text' | 'bold' | 'emphasis' | 'code'; text: string }

/** Splits a text into blocks, line by line. What is no block it knows is a paragraph, so nothing is ever lost. */
export function parseBlocks(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1)
      const last = end === -1 ? lines.length : end
      blocks.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') })
      at = last
    } else {
      addLine(blocks, line, lines[at - 1]?.trim() === '')
    }
  }
  return blocks
}

function addLine(blocks: Block[], line: string, isAfterGap: boolean): void {
  if (line.trim() === '') return
  const last = blocks.at(-1)
  const heading = /^#{1,6}\s+(.*)$/.exec(line)
  if (heading) return void blocks.push({ kind: 'heading', text: heading[1] ?? '' })
  const quote = /^>\s?(.*)$/.exec(line)
  if (quote) {
    if (last?.kind === 'quote' && !isAfterGap) last.text += `\n${quote[1] ?? ''}`
    else blocks.push({ kind: 'quote', text: quote[1] ?? '' })
    return
  }
  const item = /^\s*(?:[-*•]|(\d+)[.)])\s+(.*)$/.exec(line)
  if (item) {
    const isOrdered = item[1] !== undefined
    if (last?.kind === 'list' && last.isOrdered === isOrdered) last.items.push(item[2] ?? '')
    else blocks.push({ kind: 'list', isOrdered, items: [item[2] ?? ''] })
    return
  }
  if (last?.kind === 'list' && !isAfterGap && /^\s/.test(line)) {
    last.items.push(`${last.items.pop() ?? ''} ${line.trim()}`)
  } else if (last?.kind === 'paragraph' && !isAfterGap) {
    last.text += `\n${line}`
  } else {
    blocks.push({ kind: 'paragraph', text: line })
  }
}

/** Bold, emphasis and code within a line; a mark without its other half stays as it was written. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  let rest = 0
  for (const found of text.matchAll(
    /\*\*(\S(?:.*?\S)?)\*\*|`([^`]+)`|(?<![\w*])[*_](\S(?:[^*_]*\S)?)[*_](?![\w*])/gs,
  )) {
    if (found.index > rest) parts.push({ kind: 'text', text: text.slice(rest, found.index) })
    rest = found.index + found[0].length
    if (found[1] !== undefined) parts.push({ kind: 'bold', text: found[1] })
    else if (found[2] !== undefined) parts.push({ kind: 'code', text: found[2] })
    else parts.push({ kind: 'emphasis', text: found[3] ?? '' })
  }
  if (rest < text.length) parts.push({ kind: 'text', text: text.slice(rest) })
  return parts
}
