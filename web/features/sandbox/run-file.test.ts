import { expect, onTestFinished, test, vi } from 'vitest'
import { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { listenForNotices, type Notice } from '#web/ui/toast.ts'
import { snippet } from './program.ts'
import { runFile } from './run-file.ts'
import { pageRunner } from './runner.ts'
import { readSnippet } from './snippet-store.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const [orgId, workspaceId] = [OrgId.parse(uuid(1)), WorkspaceId.parse(uuid(2))]

test('a file whose texts came after another run began is neither run nor shown over its output', async () => {
  const texts = Promise.withResolvers<Response>()
  const never = Promise.withResolvers<Response>()
  vi.stubGlobal('fetch', (url: string) => (url.includes('files.texts') ? texts.promise : never.promise))
  const told: Notice[] = []
  const stopListening = listenForNotices((notice) => told.push(notice))
  onTestFinished(() => {
    stopListening()
    vi.unstubAllGlobals()
  })

  const before = readSnippet(orgId)
  const file = runFile({ orgId, workspaceId, path: 'a.py', unsaved: {}, mayKeep: false })
  const other = pageRunner.run(orgId, snippet('typescript', 'console.log(1)'))
  const data = { files: [{ path: 'a.py', text: 'print(1)' }], leftOut: [] }
  texts.resolve(Response.json([{ result: { data } }]))
  await file
  expect(readSnippet(orgId)).toBe(before)
  expect(told).toMatchObject([{ title: 'Something else still runs', action: { label: 'Stop' } }])

  // And its Stop ends the other, which is still waiting for its sandbox.
  told[0]?.action?.run()
  await other
  expect(pageRunner.getState().progress).toMatchObject({ phase: 'ended', result: { kind: 'stopped' } })
})
