export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'quote'; text: string }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'list'; isOrdered: boolean; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'paragraph'; text: string }

export type Inline =
  | { kind: 'text' | 'bold' | 'emphasis' | 'code'; text: string }
  /** Leads out of the page; `isImage` where a picture was meant, which is never fetched. */
  | { kind: 'link'; text: string; url: string; isImage: boolean }

/** Splits a text into blocks, line by line. What is no block it knows is a paragraph, so nothing is ever lost. */
export function parseBlocks(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1)
      const last = end === -1 ? lines.length : end
      const language = line.slice(3).trim().slice(0, 20)
      blocks.push({ kind: 'code', language, text: lines.slice(at + 1, last).join('\n') })
      at = last
    } else if (isTableHead(line, lines[at + 1])) {
      const rows = rowsFrom(lines, at + 2)
      blocks.push({ kind: 'table', head: cellsOf(line), rows: rows.map(cellsOf) })
      at += 1 + rows.length
    } else {
      addLine(blocks, line, lines[at - 1]?.trim() === '')
    }
  }
  return blocks
}

function isTableHead(line: string, next: string | undefined): boolean {
  return line.includes('|') && next !== undefined && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$/.test(next)
}

function rowsFrom(lines: readonly string[], from: number): string[] {
  const rest = lines.slice(from)
  const end = rest.findIndex((line) => !line.includes('|'))
  return end === -1 ? rest : rest.slice(0, end)
}

function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
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

const marks =
  /\*\*(\S(?:.*?\S)?)\*\*|`([^`]+)`|(!?)\[([^\]\n]*)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)|(https?:\/\/[^\s<>"'`]+[^\s<>"'`.,:;!?)\]}*_])|(?<![\w*])[*_](\S(?:[^*_]*\S)?)[*_](?![\w*])/gs

/** Bold, emphasis, code and links within a line; a mark without its other half stays as it was written. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  let rest = 0
  for (const found of text.matchAll(marks)) {
    const part = inlineOf(found)
    if (!part) continue
    if (found.index > rest) parts.push({ kind: 'text', text: text.slice(rest, found.index) })
    rest = found.index + found[0].length
    parts.push(part)
  }
  if (rest < text.length) parts.push({ kind: 'text', text: text.slice(rest) })
  return parts
}

function inlineOf([, bold, code, bang, label, target, bare, emphasis]: RegExpMatchArray): Inline | undefined {
  if (bold !== undefined) return { kind: 'bold', text: bold }
  if (code !== undefined) return { kind: 'code', text: code }
  if (bare !== undefined) return linkTo(bare, bare, false)
  if (target !== undefined) return linkTo(target, label || target, bang === '!')
  return emphasis === undefined ? undefined : { kind: 'emphasis', text: emphasis }
}

const schemes = new Set(['http:', 'https:', 'mailto:'])

/** Undefined for what leads elsewhere than to a page or an address: it stays as it was written. */
function linkTo(target: string, text: string, isImage: boolean): Inline | undefined {
  const url = URL.parse(target)
  return url && schemes.has(url.protocol) ? { kind: 'link', text, url: url.href, isImage } : undefined
}
