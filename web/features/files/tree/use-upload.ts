import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../../kernel/trpc.ts'
import { notify } from '../../../ui/toast.ts'
import { doing } from '../../acts/index.ts'
import type { Dropped } from './gather-drop.ts'
import { readUpload, type Upload } from './read-upload.ts'
import { uploadParts } from './upload-parts.ts'

type Place = { orgId: OrgId; workspaceId: WorkspaceId }
type Text = Extract<Upload, { ok: true }>
type Refused = { path: string; why: string }

/** Adds given files as new texts, which can be undone; one that is there already is not written over. Says what became of each. */
export function useUpload(place: Place) {
  return async (given: readonly Dropped[], folder: string): Promise<string[]> => {
    const read = await Promise.all(
      given.map(async ({ path, file }) =>
        readUpload(folder === '' ? path : `${folder}/${path}`, new Uint8Array(await file.arrayBuffer())),
      ),
    )
    const added: string[] = []
    const refused: Refused[] = read.filter((one) => !one.ok)
    for (const part of uploadParts(read.filter((one) => one.ok))) {
      try {
        const done = await addPart(place, part)
        added.push(...done.added)
        refused.push(...done.there.map((path) => ({ path, why: 'A file of this name is there already.' })))
      } catch (error) {
        const { message } = readProblem(error)
        refused.push(...part.map(({ path }) => ({ path, why: message })))
      }
    }
    tellRefused(refused)
    return added
  }
}

function addPart({ orgId, workspaceId }: Place, part: readonly Pick<Text, 'path' | 'text'>[]) {
  const files = part.map(({ path, text }) => ({ path, text }))
  return doing(
    orgId,
    async (asAct) => {
      const done = await client.files.add.mutate({ orgId, workspaceId, files, asAct })
      await queryClient.invalidateQueries({ queryKey: trpc.files.list.queryKey({ orgId, workspaceId }) })
      return done
    },
    ({ added: [first, ...more] }) => {
      if (first === undefined) return undefined
      return more.length === 0 ? `${first} was added` : `${more.length + 1} files were added`
    },
  )
}

function tellRefused([first, ...more]: readonly Refused[]): void {
  if (!first) return
  const others = more.length > 0 ? ` And ${more.length} more were not added.` : ''
  notify({ title: `${first.path} was not added`, detail: `${first.why}${others}`, tone: 'failed' })
}
