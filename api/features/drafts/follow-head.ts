import * as Y from 'yjs'
import { mergeTexts } from '#shared/drafts/merge-texts.ts'
import { compacted, seedDoc, textOf, withPlainEnds } from '#shared/drafts/text-doc.ts'
import type { FileText } from '#shared/files/contract.ts'
import type { Tx } from '../../kernel/db.ts'
import { versionText } from '../files/index.ts'
import { takeUpdate } from './open-text.ts'
import { type Draft, readUpdates } from './store.ts'

export type Followed = 'is-newest' | 'merged' | 'conflict'

/**
 * Brings what was saved from outside into the shared text, by whole lines: an import, an agent, the command line. Where both
 * changed the same lines nothing is done: a person decides. `draft` is as it is afterwards.
 */
export async function followHead(tx: Tx, { file, text }: FileText, draft: Draft): Promise<Followed> {
  if (draft.base >= file.version) return 'is-newest'
  const [rootText, baseText, updates] = await Promise.all([
    versionText(tx, file, draft.root),
    versionText(tx, file, draft.base),
    readUpdates(tx, file.id),
  ])
  const mine = compacted(rootText, updates).text
  const theirs = withPlainEnds(text)
  const merge = mine === theirs ? noEdits : mergeTexts(withPlainEnds(baseText), mine, theirs)
  if (merge.kind === 'conflict') return 'conflict'
  if (merge.edits.length > 0) {
    const doc = seedDoc(rootText)
    for (const update of updates) Y.applyUpdate(doc, update)
    const before = Y.encodeStateVector(doc)
    doc.transact(() => {
      for (const { start, end, text: put } of merge.edits) {
        textOf(doc).delete(start, end - start)
        if (put !== '') textOf(doc).insert(start, put)
      }
    })
    const update = Y.encodeStateAsUpdate(doc, before)
    doc.destroy()
    await takeUpdate(tx, file, draft, { update, by: undefined })
  }
  draft.base = file.version
  return 'merged'
}

const noEdits = { kind: 'clean', edits: [] } as const
