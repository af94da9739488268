import 'monaco-editor/features/diffEditor/register'
import { useLayoutEffect, useRef } from 'react'
import type { DiffEditorProps } from '../code-editor-props.ts'
import { setModelText } from './models.ts'
import { commonOptions, monaco } from './monaco.ts'

export function MonacoDiff({ original, modified, language, label, onChange }: DiffEditorProps) {
  const frame = useRef<HTMLDivElement>(null)
  const editor = useRef<monaco.editor.IStandaloneDiffEditor | undefined>(undefined)
  const tell = useRef(onChange)
  const isNew = useRef(true)
  const canEdit = onChange !== undefined

  useLayoutEffect(() => {
    tell.current = onChange
  }, [onChange])

  useLayoutEffect(() => {
    if (!frame.current) return
    const made = monaco.editor.createDiffEditor(frame.current, {
      ...commonOptions,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: true,
      renderSideBySideInlineBreakpoint: 700,
      renderOverviewRuler: false,
      renderMarginRevertIcon: canEdit,
      originalEditable: false,
      readOnly: !canEdit,
      diffWordWrap: 'on',
      wordWrap: 'on',
      originalAriaLabel: `${label}, before`,
      modifiedAriaLabel: `${label}, after`,
    })
    const before = monaco.editor.createModel('', language)
    const after = monaco.editor.createModel('', language)
    made.setModel({ original: before, modified: after })
    // Two texts are looked at for what differs: it is on the screen as soon as it is known. Who edits keeps their place.
    const shown = made.onDidUpdateDiff(() => {
      if (!isNew.current || !made.getLineChanges()?.length) return
      isNew.current = false
      made.revealFirstDiff()
    })
    const changes = after.onDidChangeContent(() => tell.current?.(after.getValue()))
    editor.current = made
    return () => {
      editor.current = undefined
      shown.dispose()
      changes.dispose()
      made.setModel(null)
      made.dispose()
      before.dispose()
      after.dispose()
    }
  }, [language, label, canEdit])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new editor (other language, label or right to edit) starts empty and needs both texts again.
  useLayoutEffect(() => {
    const models = editor.current?.getModel()
    if (!models) return
    if (models.original.getValue() !== original || models.modified.getValue() !== modified) isNew.current = true
    setModelText(models.original, original)
    setModelText(models.modified, modified)
  }, [original, modified, language, label, canEdit])

  return <div ref={frame} className="absolute inset-0" />
}
