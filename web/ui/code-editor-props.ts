import type { CodeHelp, TextPlace } from './code-help.ts'
import type { SharedCode } from './shared-code.ts'

export type CodeLanguage = 'typescript' | 'javascript' | 'markdown' | 'yaml' | 'json' | 'python' | 'plaintext'

export type CodeEditorProps = {
  value: string
  onChange: (value: string) => void
  language: CodeLanguage
  /** Unique in the page: the text's undo history and scroll position are kept under it. */
  path: string
  /** What is edited, for those who listen. */
  label: string
  readOnly?: boolean
  /** Cmd/Ctrl+S */
  onSave?: () => void
  /** Cmd/Ctrl+Enter */
  onRun?: () => void
  /** Checks and completes YAML; it holds for all paths of the same file name. */
  yamlSchema?: { uri: string; schema: object }
  /** What the page knows of the text; a new object has the text looked through again, so keep its identity. */
  help?: CodeHelp | undefined
  /** With it several people write at once; `value` and `onChange` then serve only where the editor could not be loaded. */
  shared?: SharedCode | undefined
  onReady?: ((handle: CodeEditorHandle) => void) | undefined
}

export type CodeEditorHandle = {
  focus: () => void
  revealLine: (line: number) => void
  /** Where the person is writing; undefined once the editor is gone. */
  caret: () => TextPlace | undefined
}

export type DiffEditorProps = {
  original: string
  modified: string
  language: CodeLanguage
  label: string
  /** With it the right side can be edited. */
  onChange?: (value: string) => void
}
