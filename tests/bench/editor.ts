import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { OrgId } from '#shared/kernel/ids.ts'
import { browserFlags, findBrowser } from '../support/find-browser.ts'
import type { Bench } from './bench.ts'
import { tellEvents } from './editor/tell-events.ts'
import { measureTyping, measureTypingBare, type Typing, takeEditor } from './editor/typing.ts'
import { root, run, startServer, stopServer } from './server-process.ts'
import { percentile, rounded } from './statistics.ts'

const orgName = 'Editor bench'
const reports = 40
const promptLines = 2_000
const perSecond = 400
const coldRuns = 5
/** For a machine that others use too. */
const patienceMs = 90_000

/**
 * From the click on a workspace to its prompt in an editor that can be typed in, in a browser that has never seen it; and how
 * long a key keeps the page busy in a prompt of 2,000 lines while 400 events a second arrive. Beside it, in the same run: the
 * same editor without events; the same with nothing else of the page drawn; a bare text area of the same text over the page,
 * and an empty one on an empty page: what a key costs this machine by itself.
 */
export async function runEditorBench(): Promise<Bench> {
  const dir = await mkdtemp(join(tmpdir(), 'delegraph-editor-'))
  const dataDir = join(dir, 'data')
  const server = await startServer(dataDir)
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
  try {
    await writeFile(join(dir, 'org.yaml'), template())
    await run(process.execPath, [join(root, 'api/cli/main.ts'), 'import', dir, '--data-dir', dataDir], root)
    const session = await signIn(browser, server.signInUrl)
    const orgId = await findOrg(session, server.url)
    const state = await session.storageState()
    await session.close()
    const open = async () => {
      const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 } })
      const page = await context.newPage()
      page.setDefaultTimeout(patienceMs)
      await page.goto(`${server.url}/o/${orgId}`)
      await page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor()
      return { context, page }
    }
    const cold: number[] = []
    const warm: number[] = []
    for (let turn = 0; turn < coldRuns; turn++) {
      const { context, page } = await open()
      cold.push(await readyMs(page))
      await page.goto(`${server.url}/o/${orgId}`)
      await page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor()
      warm.push(await readyMs(page))
      await context.close()
    }
    const { context, page } = await open()
    await readyMs(page)
    await fillPrompt(page)
    const quiet = await measureTyping(page)
    const alone = await measureAlone(page)
    const events = await tellEvents({ dataDir, orgId, perSecond })
    const busy = await measureTyping(page)
    const bare = await measureTypingBare(page, promptText())
    await context.close()
    const floor = await measureFloor(browser)
    const told = await events.stop()
    const calm = await measureFloor(browser)
    return {
      figures: {
        editorReadyMs: percentile(cold, 0.5),
        typingP95Ms: percentile(busy.work, 0.95),
        typingToFrameP95Ms: percentile(busy.toFrame, 0.95),
        eventsPerSecond: rounded(told),
      },
      baseline: {
        editorReadyAgainMs: percentile(warm, 0.5),
        typingWithoutEventsP95Ms: percentile(quiet.work, 0.95),
        editorAloneP95Ms: percentile(alone.work, 0.95),
        textareaP95Ms: percentile(bare.work, 0.95),
        textareaToFrameP95Ms: percentile(bare.toFrame, 0.95),
        emptyPageP95Ms: percentile(floor.work, 0.95),
        emptyPageWithoutEventsP95Ms: percentile(calm.work, 0.95),
      },
    }
  } finally {
    await browser.close()
    await stopServer(server)
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

function template(): string {
  const lines = [`name: ${orgName}`, 'workspaces:', '  - name: Head', '    children:']
  for (let report = 1; report <= reports; report++) lines.push(`      - name: Report ${report}`)
  return `${lines.join('\n')}\n`
}

function promptText(): string {
  const lines = Array.from(
    { length: promptLines },
    (_, line) =>
      `- Rule ${line + 1}: say what you did, name \`delegate_task\` where Report ${(line % reports) + 1} helped.`,
  )
  return lines.join('\n')
}

async function signIn(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  await page.goto(url)
  await page.waitForURL(/\/o\//)
  await page.close()
  return context
}

async function findOrg(session: BrowserContext, url: string): Promise<OrgId> {
  const answer = await session.request.get(`${url}/api/trpc/orgs.list`)
  const body: { result: { data: { id: string; name: string }[] } } = await answer.json()
  return OrgId.parse(body.result.data.find(({ name }) => name === orgName)?.id)
}

/** The same editor while nothing else of the page is drawn: what the editor and the browser cost by themselves. */
async function measureAlone(page: Page): Promise<Typing> {
  const style = await page.addStyleTag({
    content: `body * { visibility: hidden !important }
      section[aria-label="Editor"] .monaco-editor { visibility: visible !important }
      section[aria-label="Editor"] .monaco-editor * { visibility: inherit !important }`,
  })
  const typed = await measureTyping(page)
  await style.evaluate((element) => element.parentElement?.removeChild(element))
  return typed
}

/** An empty text area on a page that has nothing else on it, while no page of the app is open. */
async function measureFloor(browser: Browser): Promise<Typing> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const typed = await measureTypingBare(page, '')
  await context.close()
  return typed
}

/** From the press on the card to the frame after its prompt is drawn in an editor that takes keys. */
async function readyMs(page: Page): Promise<number> {
  const card = page.getByRole('group', { name: 'Head', exact: true })
  await card.waitFor()
  const ready = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let pressed = 0
        const note = ({ timeStamp }: Event) => {
          pressed = timeStamp
        }
        addEventListener('pointerdown', note, { capture: true, once: true })
        const look = () => {
          const editor = document.querySelector('section[aria-label="Editor"] .monaco-editor')
          const isReady =
            editor?.querySelector('.view-line span span') && editor.querySelector('textarea, .native-edit-context')
          if (!isReady) return requestAnimationFrame(look)
          requestAnimationFrame(() => resolve(performance.now() - pressed))
        }
        look()
      }),
  )
  await card.click()
  return await ready
}

async function fillPrompt(page: Page): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((text) => navigator.clipboard.writeText(text), promptText())
  await takeEditor(page)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+v')
  await page.getByRole('status').filter({ hasText: 'Unsaved changes' }).waitFor()
}
