import type { BrowserContext } from '@playwright/test'
import { ContentString, decodeUpdate } from 'yjs'
import type { Server } from '../support/server.ts'
import { readTables } from '../support/tables.ts'
import type { Typed } from './typed.ts'

type Written = { server: Server; written: readonly Typed[]; contexts: readonly BrowserContext[] }

/**
 * The texts that are nowhere: in no version of a file, and in no draft, neither on the server nor in a browser. What a page said
 * is saved has to be in a version.
 */
export async function findLostTexts({ server, written, contexts }: Written): Promise<string[]> {
  const kept = await Promise.all(contexts.map(keptInBrowser))
  const lost: string[] = []
  for (const [orgId, typed] of Map.groupBy(written, (text) => text.orgId)) {
    lost.push(...(await lostIn({ server, orgId, written: typed, kept })))
  }
  return lost
}

type WrittenInOrg = { server: Server; orgId: string; written: readonly Typed[]; kept: readonly string[] }

/** Each text is looked for in the organisation it was typed in, whichever that was. */
async function lostIn({ server, orgId, written, kept }: WrittenInOrg): Promise<string[]> {
  const versions = await readTables<{ text: string }>(
    server.dataDir,
    'select text from file_versions where org_id = $1',
    [orgId],
  )
  const texts = versions.map(({ text }) => text)
  const saved = texts.join('\n')
  const drafts = [...(await draftsOnServer(server, orgId)), ...kept].join('\n')
  return written.flatMap(({ words, workspace, wasSaved, by }) => {
    const said = `Said by ${words}.`
    if (saved.includes(said)) return []
    if (wasSaved) {
      const others = written.filter((other) => other.by !== by).map((other) => `\nSaid by ${other.words}.`)
      if (texts.some((text) => apartFrom(others, text).includes(said))) return []
      const near = texts.findLast((text) => text.includes('Said by'))?.slice(-200) ?? ''
      const inDraft = drafts.includes(said) ? 'a draft has it' : 'no draft has it'
      return [`Lost: ${by} saved "${said}" in ${workspace}; no version has it, ${inDraft}. One ends: ${near}`]
    }
    return drafts.includes(said) ? [] : [`Lost: ${by} typed "${said}" in ${workspace}; no version and no draft has it.`]
  })
}

/** Without what others typed into the middle of it: two who type at one place each have their letters in order. */
function apartFrom(others: readonly string[], text: string): string {
  return others.reduce((left, other) => left.replaceAll(other, ''), text)
}

/** What a browser keeps for itself, as text. */
async function keptInBrowser(context: BrowserContext): Promise<string> {
  const { origins } = await context.storageState({ indexedDB: true })
  // Quotes and breaks in it are escaped once or twice; what is looked for has none.
  return JSON.stringify(origins)
}

type Update = { fileId: string; bytes: Buffer }

/** What was typed into the shared drafts, put together out of their updates: each typist's signs in the order of typing. */
async function draftsOnServer(server: Server, orgId: string): Promise<string[]> {
  const updates = await readTables<Update>(
    server.dataDir,
    `select file_id as "fileId", state as bytes from drafts where org_id = $1 and octet_length(state) > 0
     union all select file_id, bytes from draft_updates where org_id = $1`,
    [orgId],
  )
  return [...Map.groupBy(updates, ({ fileId }) => fileId).values()].flatMap(typedIn)
}

function typedIn(updates: readonly Update[]): string[] {
  const typed = new Map<string, { client: number; clock: number; words: string }>()
  for (const { bytes } of updates) {
    for (const struct of decodeUpdate(new Uint8Array(bytes)).structs) {
      const { client, clock } = struct.id
      const words = 'content' in struct && struct.content instanceof ContentString ? struct.content.str : ''
      const known = typed.get(`${client} ${clock}`)
      if (words.length > (known?.words.length ?? 0)) typed.set(`${client} ${clock}`, { client, clock, words })
    }
  }
  return [...Map.groupBy(typed.values(), ({ client }) => client).values()].map(inOrder)
}

/** Pieces that were put together later hold what single ones hold too: each sign is taken once. */
function inOrder(pieces: readonly { clock: number; words: string }[]): string {
  let text = ''
  let next = 0
  for (const { clock, words } of pieces.toSorted((a, b) => a.clock - b.clock)) {
    const known = Math.max(0, next - clock)
    if (known >= words.length) continue
    text += words.slice(known)
    next = clock + words.length
  }
  return text
}
