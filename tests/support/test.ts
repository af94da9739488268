import { type BrowserContext, test as base, type Page } from '@playwright/test'
import { type Ide, openIde } from './ide.ts'
import { type Server, startServer } from './server.ts'
import { smallTeam, withTemplate } from './template.ts'

type Session = Awaited<ReturnType<BrowserContext['storageState']>>
export const signedOut: Session = { cookies: [], origins: [] }

export type Org = { id: string; name: string; path: string }

type WorkerParts = {
  /** One for all tests of a worker. */
  server: Server
  /** The cookies of the one who opened this server's link. */
  session: Session
}

type Parts = {
  /** A server that nobody has signed in to, and that a test may kill. */
  freshServer: Server
  /** An org of this test's own: see `smallTeam`. */
  team: Org
  /** What a person does in the page. */
  ide: Ide
}

export const test = base.extend<Parts, WorkerParts>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner wants a pattern here.
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  session: [
    async ({ browser, server }, use) => {
      const context = await browser.newContext({ storageState: signedOut })
      const page = await context.newPage()
      await signIn(page, server)
      const session = await context.storageState({ indexedDB: false })
      await context.close()
      await use({ cookies: session.cookies, origins: [] })
    },
    { scope: 'worker' },
  ],
  baseURL: ({ server }, use) => use(server.url),
  storageState: ({ session }, use) => use(session),
  // biome-ignore lint/correctness/noEmptyPattern: the runner wants a pattern here.
  freshServer: async ({}, use) => {
    const server = await startServer()
    await use(server)
    await server.stop()
  },
  team: async ({ server, session, playwright }, use, { testId }) => {
    const name = `Team ${testId.slice(-8)}`
    await withTemplate(smallTeam(name), (dir) => server.importTemplate(dir))
    const owner = await playwright.request.newContext({ baseURL: server.url, storageState: session })
    await use(await findOrg(owner, name))
    await owner.dispose()
  },
  ide: ({ page }, use) => use(openIde(page)),
})

export { expect } from '@playwright/test'

/** Opens the one-time link, as a person does who clicks on it in the terminal, and waits for the org. */
export async function signIn(page: Page, server: Server): Promise<void> {
  await page.goto(server.signInUrl())
  await page.getByRole('region', { name: 'Org graph' }).waitFor()
}

type Get = {
  get: (url: string) => Promise<{ json: () => Promise<{ result: { data: { id: string; name: string }[] } }> }>
}

export async function findOrg(request: Get, name: string): Promise<Org> {
  const { result } = await (await request.get('/api/trpc/orgs.list')).json()
  const org = result.data.find((one) => one.name === name)
  if (!org) throw new Error(`There is no org named ${name}.`)
  return { ...org, path: `/o/${org.id}` }
}
