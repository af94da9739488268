import { Component, lazy, type ReactNode, Suspense } from 'react'
import { CodeFallback } from './code-fallback.tsx'
import { SkeletonLines } from './skeleton.tsx'

export type CodeLanguage = 'typescript' | 'javascript' | 'markdown' | 'yaml' | 'json' | 'plaintext'

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
  onReady?: (handle: CodeEditorHandle) => void
}

export type CodeEditorHandle = { focus: () => void; revealLine: (line: number) => void }

export type DiffEditorProps = {
  original: string
  modified: string
  language: CodeLanguage
  label: string
  /** With it the right side can be edited. */
  onChange?: (value: string) => void
}

const LazyCode = lazy(() => import('./monaco/monaco-code.tsx').then((part) => ({ default: part.MonacoCode })))
const LazyDiff = lazy(() => import('./monaco/monaco-diff.tsx').then((part) => ({ default: part.MonacoDiff })))

/** The full editor, loaded when first shown; where that fails, a plain text area that edits the same text. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <EditorBoundary fallback={<CodeFallback {...props} />}>
      <Suspense fallback={<EditorSkeleton />}>
        <LazyCode {...props} />
      </Suspense>
    </EditorBoundary>
  )
}

/** Two texts side by side, one above the other where it is narrow. */
export function DiffEditor(props: DiffEditorProps) {
  const { modified, label, onChange } = props
  const fallback = (
    <CodeFallback value={modified} label={label} readOnly={!onChange} onChange={(value) => onChange?.(value)} />
  )
  return (
    <EditorBoundary fallback={fallback}>
      <Suspense fallback={<EditorSkeleton />}>
        <LazyDiff {...props} />
      </Suspense>
    </EditorBoundary>
  )
}

/** Fetches the editor ahead of its first use, e.g. when the browser is idle. */
export function preloadCodeEditor(): void {
  // A failure shows where the editor is used.
  import('./monaco/monaco-code.tsx').catch(() => undefined)
}

function EditorSkeleton() {
  return (
    <div className="min-h-0 flex-1 p-4 pl-14">
      <SkeletonLines count={6} label="Loading the editor" />
    </div>
  )
}

class EditorBoundary extends Component<{ fallback: ReactNode; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children
  }
}
