import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../../kernel/trpc.ts'
import { notify } from '../../../ui/toast.ts'
import { doing, tellDone } from '../../acts/index.ts'
import type { Dropped } from './gather-drop.ts'
import { readUpload, type Upload } from './read-upload.ts'
import { uploadParts } from './upload-parts.ts'

type Place = { orgId: OrgId; workspaceId: WorkspaceId }
type Text = Extract<Upload, { ok: true }>
type Refused = { path: string; why: string }
type Outcome = { added: readonly string[]; refused: readonly Refused[]; actId?: string }

/** Adds given files as new texts, which can be undone; one that is there already is not written over. Says what became of each. */
export function useUpload(place: Place) {
  return async (given: readonly Dropped[], folder: string): Promise<string[]> => {
    const { texts, refused } = await readAll(given, folder)
    const outcomes: Outcome[] = []
    for (const part of uploadParts(texts)) outcomes.push(await addPart(place, part))
    const added = outcomes.flatMap((part) => part.added)
    const [first] = added
    if (first !== undefined) {
      await queryClient.invalidateQueries({ queryKey: trpc.files.list.queryKey(place) })
      const title = added.length === 1 ? `${first} was added` : `${added.length} files were added`
      void tellDone(place.orgId, title, ...outcomes.flatMap(({ actId }) => actId ?? []))
    }
    tellRefused([...refused, ...outcomes.flatMap((part) => part.refused)])
    return added
  }
}

/** One after the other: two hundred at once would all lie in memory. */
async function readAll(given: readonly Dropped[], folder: string): Promise<{ texts: Text[]; refused: Refused[] }> {
  const texts: Text[] = []
  const refused: Refused[] = []
  for (const { path, file } of given) {
    const read = await readUpload({ path: folder === '' ? path : `${folder}/${path}`, file })
    if (read.ok) texts.push(read)
    else refused.push(read)
  }
  return { texts, refused }
}

/** What the server does not take is said, and does not keep the other parts from it. */
async function addPart({ orgId, workspaceId }: Place, part: readonly Pick<Text, 'path' | 'text'>[]): Promise<Outcome> {
  const files = part.map(({ path, text }) => ({ path, text }))
  const add = async (asAct: string): Promise<Outcome> => {
    const { added, there } = await client.files.add.mutate({ orgId, workspaceId, files, asAct })
    const refused = there.map((path) => ({ path, why: 'A file of this name is there already.' }))
    return { added, refused, ...(added.length > 0 && { actId: asAct }) }
  }
  try {
    // The whole is told at the end.
    return await doing(orgId, add, () => undefined)
  } catch (error) {
    const { message } = readProblem(error)
    return { added: [], refused: part.map(({ path }) => ({ path, why: message })) }
  }
}

function tellRefused([first, ...more]: readonly Refused[]): void {
  if (!first) return
  const others = more.length > 0 ? ` And ${more.length} more were not added.` : ''
  notify({ title: `${first.path} was not added`, detail: `${first.why}${others}`, tone: 'failed' })
}
