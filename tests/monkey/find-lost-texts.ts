import type { BrowserContext } from '@playwright/test'
import type { Server } from '../support/server.ts'
import { readTables } from '../support/tables.ts'
import type { Org } from '../support/test.ts'
import type { Typed } from './monkey.ts'

type Written = { server: Server; org: Org; written: readonly Typed[]; contexts: readonly BrowserContext[] }

/**
 * The texts that are nowhere: in no version of a file, and in no draft, neither on the server nor in a browser. What a page said
 * is saved has to be in a version.
 */
export async function findLostTexts({ server, org, written, contexts }: Written): Promise<string[]> {
  const versions = await readTables<{ text: string }>(
    server.dataDir,
    'select text from delegraph.file_versions where org_id = $1',
    [org.id],
  ).catch(async () =>
    readTables<{ text: string }>(server.dataDir, 'select text from file_versions where org_id = $1', [org.id]),
  )
  const saved = versions.map(({ text }) => text).join('\n')
  const drafts = [...(await draftsOnServer(server, org)), ...(await Promise.all(contexts.map(keptInBrowser)))].join(
    '\n',
  )
  return written.flatMap(({ words, workspace, wasSaved, by }) => {
    const said = `Said by ${words}.`
    if (saved.includes(said)) return []
    if (wasSaved) return [`Lost: ${by} saved "${said}" in ${workspace}; no version has it.`]
    return drafts.includes(said) ? [] : [`Lost: ${by} typed "${said}" in ${workspace}; no version and no draft has it.`]
  })
}

/** What a browser keeps for itself, as text. */
async function keptInBrowser(context: BrowserContext): Promise<string> {
  const { origins } = await context.storageState({ indexedDB: true })
  // Quotes and breaks in it are escaped once or twice; what is looked for has none.
  return JSON.stringify(origins)
}

async function draftsOnServer(server: Server, org: Org): Promise<string[]> {
  const tables = await readTables<{ name: string }>(
    server.dataDir,
    `select table_name as name from information_schema.tables where table_name like '%draft%' and table_schema = 'public'`,
    [],
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await readTables<{ row: string }>(
      server.dataDir,
      `select to_jsonb(t)::text as row from "${name}" t where org_id = $1`,
      [org.id],
    )
    texts.push(...rows.map(({ row }) => row))
  }
  return texts
}
