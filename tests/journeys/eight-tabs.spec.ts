import { openIde } from '../support/ide.ts'
import { expect, test } from '../support/test.ts'

test('eight tabs on one org share one stream, and all see a change', async ({ browser, context, team }) => {
  const streams: string[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/events/')) streams.push(request.url())
  })
  const tabs = []
  for (let count = 0; count < 8; count += 1) {
    const tab = openIde(await context.newPage())
    await tab.openOrg(team.path)
    tabs.push(tab)
  }
  const [first] = tabs
  if (!first) throw new Error('no tab')
  await first.page.bringToFront()
  await first.renameWorkspace('Scout', 'Lookout')
  for (const tab of tabs) await expect(tab.card('Lookout')).toBeVisible()

  // The pages themselves hold no stream; the one worker that they share does.
  expect(streams).toEqual([])
  const session = await browser.newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets')
  // The worker of a journey before this one, in the same browser, may still be ending.
  const ours = targetInfos.find(({ type, url }) => type === 'page' && url.includes(team.path))?.browserContextId
  const workers = targetInfos.filter(({ type, title }) => type === 'shared_worker' && title === 'delegraph-live')
  expect(workers.filter(({ browserContextId }) => browserContextId === ours)).toHaveLength(1)
})
