import { useState } from 'react'
import { Button } from './button.tsx'
import { CodeBlock } from './code-block.tsx'

/**
 * What a call was made with or gave, in the form that is read best: names beside their values, long texts as texts, never bare JSON.
 * `source` leads back from code among it to all that belonged to it.
 */
export function Readable({ value, source }: { value: unknown; source?: string | undefined }) {
  if (value === null || value === undefined || value === '') return <p className="text-13 text-fg-2">Nothing.</p>
  if (typeof value === 'string') return <LongText text={value} />
  if (Array.isArray(value)) return <List items={value} />
  if (typeof value === 'object') return <Fields entries={Object.entries(value)} source={source} />
  return <p className="font-mono text-12">{String(value)}</p>
}

/** What a text holds, where it is JSON; else the text. */
export function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return text
  }
}

type FieldsProps = { entries: readonly (readonly [string, unknown])[]; source: string | undefined }

function Fields({ entries, source }: FieldsProps) {
  if (entries.length === 0) return <p className="text-13 text-fg-2">Nothing.</p>
  const language = new Map(entries).get('language')
  return (
    <dl className="flex flex-col gap-1.5">
      {entries.map(([name, value]) => (
        <div key={name} className={isShort(value) ? 'flex items-baseline gap-2' : undefined}>
          <dt className="shrink-0 font-mono text-12 text-fg-2">{name}</dt>
          <dd className="min-w-0 text-13 break-words">
            {name === 'code' && typeof value === 'string' ? (
              <CodeBlock
                text={value}
                language={typeof language === 'string' ? language : 'code'}
                {...(source !== undefined && { source })}
              />
            ) : (
              <Readable value={value} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function isShort(value: unknown): boolean {
  return typeof value !== 'object' && String(value).length < 80 && !String(value).includes('\n')
}

const shownItems = 20

function List({ items }: { items: readonly unknown[] }) {
  const [isWhole, setWhole] = useState(false)
  if (items.length === 0) return <p className="text-13 text-fg-2">None.</p>
  const shown = isWhole ? items : items.slice(0, shownItems)
  return (
    <>
      <ul className="flex flex-col gap-1 border-l border-line pl-2">
        {shown.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items of a recorded list have no other identity.
          <li key={index}>
            <Readable value={item} />
          </li>
        ))}
      </ul>
      {shown.length < items.length && (
        <Button size="small" tone="ghost" onClick={() => setWhole(true)}>
          Show all {items.length}
        </Button>
      )}
    </>
  )
}

const shownChars = 1_200

function LongText({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false)
  const isLong = text.length > shownChars
  return (
    <>
      <p className="text-13 break-words whitespace-pre-wrap">
        {isLong && !isWhole ? `${text.slice(0, shownChars)}…` : text}
      </p>
      {isLong && (
        <Button size="small" tone="ghost" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : `Show all ${text.length.toLocaleString('en')} characters`}
        </Button>
      )}
    </>
  )
}
