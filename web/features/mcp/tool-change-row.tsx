import type { McpTool } from '#shared/mcp/contract.ts'
import type { ToolChange } from '#shared/mcp/diff-tools.ts'
import { readText } from '#shared/mcp/read-text.ts'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { ToolSchema } from './tool-schema.tsx'
import { visibleText } from './visible-text.ts'
import { claimWords } from './words.ts'

const looks = {
  added: { word: 'New', tone: 'waiting' },
  removed: { word: 'Gone', tone: 'neutral' },
  changed: { word: 'Changed', tone: 'failed' },
} as const satisfies Record<ToolChange['kind'], { word: string; tone: BadgeTone }>

/** One tool that differs: as it was approved, and as it is now, as plain text. */
export function ToolChangeRow({ change }: { change: ToolChange }) {
  const { word, tone } = looks[change.kind]
  const name = change.kind === 'changed' ? change.after.name : change.tool.name
  return (
    <li aria-label={`${name}, ${word.toLowerCase()}`} className="border-t border-line py-2 first:border-t-0">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-mono text-13 break-all">{visibleText(name)}</span>
        <Badge tone={tone}>{word}</Badge>
      </p>
      {change.kind === 'changed' ? (
        change.parts.map((part) => (
          <div key={part} className="mt-1">
            <p className="text-12 text-fg-2">{partWords[part]}</p>
            <Side label="Approved" text={partOf(change.before, part)} tone="border-state-failed" />
            <Side label="Now" text={partOf(change.after, part)} tone="border-state-completed" />
          </div>
        ))
      ) : (
        <>
          <p className="mt-0.5 text-12 text-pretty break-words whitespace-pre-wrap">
            {visibleText(readText(change.tool))}
          </p>
          {change.kind === 'added' && (
            <div className="mt-1 text-12 text-fg-2">
              <p>Its arguments</p>
              <ToolSchema tool={change.tool} />
              <p className="mt-1 text-fg-3">{claimWords(change.tool)}</p>
            </div>
          )}
        </>
      )}
    </li>
  )
}

type Part = Extract<ToolChange, { kind: 'changed' }>['parts'][number]

const partWords: Record<Part, string> = {
  title: 'Its title',
  description: 'Its description',
  schema: 'Its arguments',
  claims: 'What the server claims of it',
}

function partOf(tool: McpTool, part: Part): string {
  if (part === 'title') return tool.title ?? 'None'
  if (part === 'description') return readText(tool)
  return part === 'schema' ? JSON.stringify(tool.inputSchema, null, 2) : claimWords(tool)
}

function Side({ label, text, tone }: { label: string; text: string; tone: string }) {
  return (
    <div className={`mt-1 border-l-2 pl-2 ${tone}`}>
      <p className="text-12 text-fg-2">{label}</p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
        tabIndex={0}
        className="max-h-40 overflow-y-auto font-mono text-12 break-words whitespace-pre-wrap [font-variant-ligatures:none]"
      >
        {visibleText(text)}
      </pre>
    </div>
  )
}
