import { useEffect } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { mayAs } from '#shared/policies.ts'
import { useRole } from '../../kernel/may.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { useSharedText } from '../drafts/index.ts'
import { markUnsaved, showFile } from './unsaved.ts'

export type FileRef = { orgId: OrgId; workspaceId: WorkspaceId; path: string }

/** Binds one open file: its text, shared with all who have it open, and the way to its next version. */
export function useFile(file: FileRef, isActive: boolean) {
  const role = useRole(file.orgId)
  const isReadOnly = role !== undefined && !mayAs(role, 'files.edit')
  const { text, state } = useSharedText(file, { mayEdit: !isReadOnly, isActive })
  const isOpen = state.phase === 'open'
  const isUnsaved = state.phase === 'open' && state.text !== state.base.text

  useEffect(() => showFile(file.workspaceId, file.path), [file.workspaceId, file.path])
  useEffect(() => {
    if (!isOpen) return
    const now = () => {
      const latest = text?.now()
      return latest?.phase === 'open' ? latest.text : ''
    }
    markUnsaved(file.workspaceId, file.path, isUnsaved ? now : null)
  }, [text, isOpen, isUnsaved, file.workspaceId, file.path])

  const save = async (over?: number) => {
    const saved = await text?.save(over)
    if (saved) queryClient.setQueryData(trpc.files.read.queryKey(file), { file: saved.file, text: saved.text })
  }
  return { state, text, role, isReadOnly, isUnsaved, save }
}
