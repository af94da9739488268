import { createServer, type Server } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { setPublicUrl } from '../../kernel/mail/public-url.ts'
import { makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { requireInvitation } from './accept-invitation.ts'
import { invitePerson, resendInvitation } from './invite.ts'
import { listPeople } from './list-people.ts'

let testDb: TestDb
let server: Server
const mails: string[] = []

/** Speaks as much SMTP as it takes to be handed a mail. */
beforeAll(async () => {
  testDb = await openTestDb()
  setPublicUrl(testDb.db, 'https://delegraph.example')
  server = createServer((socket) => {
    let mail: string | undefined
    socket.write('220 ready\r\n')
    socket.on('data', (chunk) => {
      const text = chunk.toString()
      if (mail !== undefined) {
        mail += text
        if (!mail.endsWith('\r\n.\r\n')) return
        mails.push(mail)
        mail = undefined
        socket.write('250 taken\r\n')
      } else if (text.startsWith('DATA')) {
        mail = ''
        socket.write('354 go on\r\n')
      } else {
        socket.write(text.startsWith('QUIT') ? '221 bye\r\n' : '250 fine\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  process.env.DELEGRAPH_SMTP_URL = `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterEach(() => mails.splice(0))
afterAll(async () => {
  delete process.env.DELEGRAPH_SMTP_URL
  server.close()
  await testDb.close()
})

/** What quoted-printable made of it, undone. */
const readMail = (mail: string | undefined) => (mail ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=')
const tokenIn = (mail: string | undefined) => /\/invite#token=(dgi_[\w-]{43})/.exec(readMail(mail))?.[1] ?? ''

test('where the server sends mail the link goes to the person invited, and the inviter never sees it', async () => {
  const owner = await makeOrg(testDb.db, { name: 'Acme' })
  const sent = await invitePerson(owner, { email: 'ines@example.com', role: 'member' })
  expect(sent.token).toBeNull()
  expect(sent.invitation.isMailed).toBe(true)
  expect(mails).toHaveLength(1)
  expect(readMail(mails[0])).toContain('To: ines@example.com')
  expect(readMail(mails[0])).toContain('https://delegraph.example/invite#token=')
  const first = tokenIn(mails[0])
  expect(JSON.stringify([sent, await listPeople(owner)])).not.toContain(first)
  expect(await requireInvitation(testDb.db, first)).toMatchObject({ orgName: 'Acme', email: 'ines@example.com' })

  await resendInvitation(owner, sent.invitation.id)
  expect(tokenIn(mails[1])).not.toBe(first)
  await expect(requireInvitation(testDb.db, first)).rejects.toMatchObject({ code: 'not-found' })
  expect(await requireInvitation(testDb.db, tokenIn(mails[1]))).toMatchObject({ orgName: 'Acme' })
})
