import { ExternalLink } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { CodeBlock } from './code-block.tsx'
import { type Block, type Inline, parseBlocks, parseInline } from './rich-text-parse.ts'

/**
 * Text with the Markdown that models write: headings, lists, quotes, code, tables, bold, emphasis and links. It makes elements,
 * never HTML; a link opens apart and leads to pages and mail only; a picture is a link too, since fetching it would tell its host.
 */
export function RichText({ text }: { text: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-2 text-13 break-words">
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
      return <CodeBlock text={block.text} language={block.language} />
    case 'list':
      return block.isOrdered ? (
        <ol className="list-decimal pl-5">{items(block.items)}</ol>
      ) : (
        <ul className="list-disc pl-5">{items(block.items)}</ul>
      )
    case 'table':
      return <TableView head={block.head} rows={block.rows} />
    case 'paragraph':
      return <p className="whitespace-pre-wrap">{inline(block.text)}</p>
    default:
      return block satisfies never
  }
}

/** A wide one scrolls in itself, so that the text around it stays where it is. */
function TableView({ head, rows }: { head: readonly string[]; rows: readonly string[][] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
    <section aria-label="Table" tabIndex={0} className="max-w-full overflow-x-auto rounded-6 border border-line">
      <table className="w-max min-w-full text-left text-12">
        <thead className="bg-surface-3">
          <tr>
            {head.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity.
              <th key={index} scope="col" className="max-w-60 px-2 py-1 font-medium">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity.
            <tr key={index} className="border-t border-line align-top">
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity.
                <td key={column} className="max-w-60 px-2 py-1">
                  {inline(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function items(lines: readonly string[]): ReactNode {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items of one text have no other identity.
    <li key={index}>{inline(line)}</li>
  ))
}

function inline(text: string): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity.
  return parseInline(text).map((part, index) => <Fragment key={index}>{inlineView(part)}</Fragment>)
}

function inlineView(part: Inline): ReactNode {
  switch (part.kind) {
    case 'bold':
      return <strong>{part.text}</strong>
    case 'emphasis':
      return <em>{part.text}</em>
    case 'code':
      return <code className="rounded-4 bg-surface-3 px-1 font-mono text-12">{part.text}</code>
    case 'link':
      return (
        <a href={part.url} target="_blank" rel="noopener noreferrer nofollow" title={part.url} className="underline">
          {part.isImage ? `Picture: ${part.text}` : part.text}
          <ExternalLink size={12} strokeWidth={1.75} role="img" aria-label="opens apart" className="ml-0.5 inline" />
        </a>
      )
    case 'text':
      return part.text
    default:
      return part satisfies never
  }
}
