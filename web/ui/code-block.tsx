import { useContext } from 'react'
import { CodeActs, type CodePiece } from './code-acts.ts'
import { CopyButton } from './copy-button.tsx'

/** Code as it was written, to be copied whole, and what else may be done with it here. */
export function CodeBlock(piece: CodePiece) {
  const { text, language } = piece
  const acts = useContext(CodeActs)
  return (
    <figure className="min-w-0 overflow-hidden rounded-6 border border-line bg-surface-2">
      <figcaption className="flex items-center justify-between border-b border-line py-0.5 pr-0.5 pl-2 text-12 text-fg-2">
        <span className="truncate font-mono">{language || 'code'}</span>
        <span className="flex shrink-0 items-center">
          {acts(piece)}
          <CopyButton text={text} label="Copy the code" />
        </span>
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, so the keyboard must reach them.
        tabIndex={0}
        className="max-h-96 overflow-auto p-2 font-mono text-12"
      >
        {text}
      </pre>
    </figure>
  )
}
