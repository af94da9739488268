import { useQuery } from '@tanstack/react-query'
import { useEffect, useReducer, useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { dropDraft, readDraft, writeDraft } from '../../kernel/drafts.ts'
import { trpc } from '../../kernel/trpc.ts'
import { edit, isDirty, nothingOpen } from './edit-state.ts'
import { markUnsaved } from './unsaved.ts'

export type FileRef = { orgId: OrgId; workspaceId: WorkspaceId; path: string }

/** Binds one open file: the saved text, what is typed over it, and the draft that survives a reload or a crash. */
export function useFile(file: FileRef) {
  const saved = useQuery(trpc.files.read.queryOptions(file))
  const [state, dispatch] = useReducer(edit, nothingOpen)
  const [isKept, setKept] = useState(true)
  const key = `${file.orgId}.${file.workspaceId}.${file.path}`

  useEffect(() => {
    if (!saved.data) return
    const fresh = { version: saved.data.file.version, text: saved.data.text }
    if (state.isOpen) dispatch({ type: 'heard', saved: fresh })
    else dispatch({ type: 'loaded', saved: fresh, draft: readDraft(key) })
  }, [saved.data, key, state.isOpen])

  useEffect(() => {
    if (!state.isOpen) return
    const isUnsaved = isDirty(state)
    if (isUnsaved) setKept(writeDraft(key, state.text, state.base.version))
    else dropDraft(key)
    markUnsaved(file.workspaceId, file.path, isUnsaved)
  }, [key, state, file.workspaceId, file.path])

  return {
    state,
    dispatch,
    /** False when this browser could not keep the draft: a reload would lose it. */
    isKept,
    problem: saved.error && !saved.data ? readProblem(saved.error) : undefined,
    retry: () => void saved.refetch(),
  }
}
