import { Component, lazy, type ReactNode, Suspense } from 'react'
import type { CodeEditorProps, DiffEditorProps } from './code-editor-props.ts'
import { CodeFallback } from './code-fallback.tsx'
import { SkeletonLines } from './skeleton.tsx'

const loadCode = () => import('./monaco/monaco-code.tsx').then((part) => ({ default: part.MonacoCode }))
const LazyCode = lazy(loadCode)
const LazyDiff = lazy(() => import('./monaco/monaco-diff.tsx').then((part) => ({ default: part.MonacoDiff })))

/** Has the editor here before it is shown, its two halves one after the other; a failure is met where it is shown. */
export async function fetchCodeEditor(rest: () => Promise<void>): Promise<void> {
  await import('./monaco/monaco-core.ts')
  await rest()
  await loadCode()
}

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
