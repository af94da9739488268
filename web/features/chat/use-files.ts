import { maxAttachmentBytes, maxAttachments } from '#shared/chat/limits.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client } from '../../kernel/trpc.ts'
import { addFiles, changeFile, type FileState, forgetSentFiles, removeFile, useChosenFiles } from './chosen-files.ts'

type Given = Pick<FileState, 'key' | 'name' | 'bytes'>

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
      const begun = chosen.map((file, index) => {
        const given = { key: crypto.randomUUID(), name: file.name, bytes: file.size }
        const reason = refusal(file, files.length + index)
        return { file, given, state: reason ? refused(given, reason) : sending(given) }
      })
      addFiles(
        workspaceId,
        begun.map(({ state }) => state),
      )
      for (const { file, given, state } of begun) if (state.phase === 'sending') void keep(file, given)
    },
    remove(gone: FileState) {
      removeFile(workspaceId, gone)
      // Where taking it back fails it is erased within a day.
      if (gone.phase === 'kept')
        void client.chat.dropAttachment.mutate({ orgId, attachmentId: gone.id }).catch(() => {})
    },
    forgetSent: (ids: readonly string[]) => forgetSentFiles(workspaceId, ids),
  }
}

function sending(given: Given): FileState {
  return { ...given, phase: 'sending' }
}

function refused(given: Given, reason: string): FileState {
  return { ...given, phase: 'refused', reason }
}

function refusal({ size }: File, before: number): string | undefined {
  if (before >= maxAttachments) return `At most ${maxAttachments} files go with one message.`
  if (size === 0) return 'It is empty.'
  if (size > maxAttachmentBytes) return `It is larger than ${maxAttachmentBytes / 1024 / 1024} MB.`
  return undefined
}

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const parts: string[] = []
  // An argument list has its limit.
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  return btoa(parts.join(''))
}
