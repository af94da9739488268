import * as Y from 'yjs'
import { textOf } from '#shared/drafts/text-doc.ts'
import type { CallsOf } from '../call.ts'
import { inOrg, ofFile } from '../inputs.ts'

const page = '0196f0c0-0000-7000-8000-000000000001'
const unrecorded = 'What is typed is no fact of the org until it is saved.'

export const drafts: CallsOf<'drafts'> = {
  read: { needs: 'files.read', input: ofFile },
  follow: { needs: 'files.edit', input: ofFile, tells: { none: 'Who saved what it takes in has told it.' } },
  push: {
    needs: 'files.edit',
    input: (things) => ({ ...ofFile(things), root: 1, update: typed() }),
    tells: { none: unrecorded },
  },
  save: {
    needs: 'files.edit',
    input: (things) => ({ ...ofFile(things), root: 1, update: typed() }),
    tells: ['file.saved'],
  },
  here: {
    needs: 'files.read',
    input: (things) => ({ ...inOrg(things), page, workspaceId: things.workspaceId, file: null }),
    tells: { none: 'Being here is no act.' },
    keys: 'of people',
  },
  gone: {
    needs: 'files.read',
    input: (things) => ({ ...inOrg(things), page }),
    tells: { none: 'Being here is no act.' },
    keys: 'of people',
  },
}

function typed(): string {
  const doc = new Y.Doc()
  textOf(doc).insert(0, 'Typed. ')
  return Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
}
