import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client } from '../../kernel/trpc.ts'
import { changeFile, type FileState, forgetSentFiles, type Given, removeFile, useChosenFiles } from './chosen-files.ts'
import { giveFiles } from './give-files.ts'
import { forgetLetterWith } from './kept-letter.ts'

/** The files that will go with the next words: each is kept by the server as soon as it is given. */
export function useFiles(orgId: OrgId, workspaceId: WorkspaceId) {
  const files = useChosenFiles(workspaceId)

  async function keep(file: File, given: Given): Promise<void> {
    try {
      const content = await toBase64(file)
      const mediaType = /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream'
      const kept = await client.chat.attach.mutate({ orgId, workspaceId, name: file.name, mediaType, content })
      const { id, missing, isMasked } = kept
      changeFile(workspaceId, { ...given, phase: 'kept', id, missing, isMasked })
    } catch (error) {
      const { message, fix } = readProblem(error)
      changeFile(workspaceId, { ...given, phase: 'refused', reason: [message, fix].filter(Boolean).join(' ') })
    }
  }

  return {
    files,
    add(chosen: readonly File[]) {
      for (const { file, given } of giveFiles(workspaceId, chosen)) void keep(file, given)
    },
    remove(gone: FileState) {
      removeFile(workspaceId, gone)
      if (gone.phase !== 'kept') return
      forgetLetterWith(workspaceId, gone)
      // Where taking it back fails it is erased within a day.
      void client.chat.dropAttachment.mutate({ orgId, attachmentId: gone.id }).catch(() => {})
    },
    forgetSent: (ids: readonly string[]) => forgetSentFiles(workspaceId, ids),
  }
}

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const parts: string[] = []
  // An argument list has its limit.
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  return btoa(parts.join(''))
}
