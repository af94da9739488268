import { Fragment, type ReactNode } from 'react'
import { type Block, parseBlocks, parseInline } from './rich-text-parse.ts'

/**
 * Text with the little Markdown that models write: headings, lists, quotes, code, bold and emphasis. It makes elements, never
 * HTML, and neither links nor images: what an agent wrote can send nobody anywhere.
 */
export function RichText({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-2 text-13 break-words">
      {parseBlocks(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text have no other identity.
        <BlockView key={index} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <p className="mt-1 font-semibold">{inline(block.text)}</p>
    case 'quote':
      return <blockquote className="border-l-2 border-line-2 pl-2.5 text-fg-2">{inline(block.text)}</blockquote>
    case 'code':
      return (
        <pre className="overflow-x-auto rounded-6 bg-surface-3 p-2 font-mono text-12 whitespace-pre-wrap">
          {block.text}
        </pre>
      )
    case 'list':
      return block.isOrdered ? (
        <ol className="list-decimal pl-5">{items(block.items)}</ol>
      ) : (
        <ul className="list-disc pl-5">{items(block.items)}</ul>
      )
    case 'paragraph':
      return <p className="whitespace-pre-wrap">{inline(block.text)}</p>
    default:
      return block satisfies never
  }
}

function items(lines: readonly string[]): ReactNode {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items of one text have no other identity.
    <li key={index}>{inline(line)}</li>
  ))
}

function inline(text: string): ReactNode {
  return parseInline(text).map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity.
    if (part.kind === 'bold') return <strong key={index}>{part.text}</strong>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity.
    if (part.kind === 'emphasis') return <em key={index}>{part.text}</em>
    if (part.kind === 'code') {
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity.
        <code key={index} className="rounded-4 bg-surface-3 px-1 font-mono text-12">
          {part.text}
        </code>
      )
    }
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity.
    return <Fragment key={index}>{part.text}</Fragment>
  })
}
