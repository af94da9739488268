import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '../support/test.ts'

/** Each probe names what it tries and gives what it got; a wall is an error. */
const probes = (canary: string, app: string) => `
const probes: Record<string, () => unknown> = {
  cookies: () => (globalThis as any).document.cookie,
  'storage': () => (globalThis as any).localStorage.length,
  database: () => new Promise((done, fail) => { const open = indexedDB.open('x'); open.onsuccess = done; open.onerror = () => fail(new Error('refused')) }),
  parent: () => (globalThis as any).parent.document.title,
  top: () => (globalThis as any).top.location.href,
  'fetch app': () => fetch('${app}/api/trpc/orgs.list', { credentials: 'include' }).then((answer) => answer.text()),
  'fetch out': () => fetch('${canary}/fetch'),
  'script out': () => (globalThis as any).importScripts('${canary}/script.js'),
  'module out': () => import(String('${canary}/module.js')),
  'event source': () => new Promise((done, fail) => { const source = new EventSource('${canary}/events'); source.onopen = done; source.onerror = () => fail(new Error('refused')) }),
  socket: () => new Promise((done, fail) => { const socket = new WebSocket('${canary.replace('http', 'ws')}/socket'); socket.onopen = done; socket.onerror = () => fail(new Error('refused')) }),
  request: () => new Promise((done, fail) => { const request = new (globalThis as any).XMLHttpRequest(); request.onload = done; request.onerror = () => fail(new Error('refused')); request.open('GET', '${canary}/xhr'); request.send() }),
  worker: () => new Promise((done, fail) => { const worker = new Worker('${canary}/worker.js'); worker.onmessage = done; worker.onerror = () => fail(new Error('refused')) }),
}
const late = () => new Promise((_, fail) => setTimeout(() => fail(new Error('no answer')), 1500))
for (const [name, probe] of Object.entries(probes)) {
  try {
    await Promise.race([Promise.resolve(probe()), late()])
    console.log('REACHED ' + name)
  } catch {
    console.log('walled ' + name)
  }
}
console.log('all tried')
`

test('code in the app’s own sandbox reaches neither cookies nor page nor network', async ({ ide, team, server }) => {
  const heard: string[] = []
  const canary = createServer((request, response) => {
    heard.push(request.url ?? '')
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('')
  })
  await new Promise<void>((listening) => canary.listen(0, '127.0.0.1', listening))
  const address: AddressInfo | string | null = canary.address()
  if (address === null || typeof address === 'string') throw new Error('The canary has no port.')
  try {
    await ide.openOrg(team.path)
    await ide.openRun()
    await ide.runSnippet(probes(`http://127.0.0.1:${address.port}`, server.url))
    await expect(ide.output).toContainText('all tried', { timeout: 30_000 })
    await expect(ide.output).not.toContainText('REACHED')
    await expect(ide.output).toContainText('walled cookies')
    expect(heard).toEqual([])
    await expect(ide.page).toHaveURL(new RegExp(team.path))
  } finally {
    canary.close()
  }
})
