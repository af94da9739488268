import { expect, it } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Letter } from './letter.ts'
import { forgetPost, postOf, postWords } from './post.ts'

const words = { conversationId: null, text: 'Count the ships', attachmentIds: [] }

/** Somewhere letters go; the test says whether they arrive. */
function road() {
  const sent: { letter: Letter; arrive: () => void; lose: () => void }[] = []
  const send = (letter: Letter) =>
    new Promise<void>((resolve, reject) =>
      sent.push({ letter, arrive: resolve, lose: () => reject(new Error('lost')) }),
    )
  return { sent, send }
}

function newPlace() {
  return WorkspaceId.parse(crypto.randomUUID())
}

it('sends words once however quickly they are sent twice', async () => {
  const [place, { sent, send }] = [newPlace(), road()]
  const first = postWords(place, words, send)
  expect(await postWords(place, words, send)).toBeUndefined()
  expect(sent).toHaveLength(1)
  sent[0]?.arrive()
  expect(await first).toBe(sent[0]?.letter)
  expect(postOf(place)).toBeUndefined()
})

it('sends the same again under the same key after the answer was lost, and edited words under another', async () => {
  const [place, { sent, send }] = [newPlace(), road()]
  const first = postWords(place, words, send)
  sent[0]?.lose()
  expect(await first).toBeUndefined()
  expect(postOf(place)).toMatchObject({ phase: 'failed', letter: sent[0]?.letter })
  const again = postWords(place, words, send)
  sent[1]?.lose()
  await again
  void postWords(place, { ...words, text: 'Count the boats' }, send)
  expect(sent[1]?.letter).toBe(sent[0]?.letter)
  expect(sent[2]?.letter.key).not.toBe(sent[0]?.letter.key)
})

it('says the same words for the first time where what came back was put away', async () => {
  const [place, { sent, send }] = [newPlace(), road()]
  const first = postWords(place, words, send)
  sent[0]?.lose()
  await first
  forgetPost(place)
  void postWords(place, words, send)
  expect(sent[1]?.letter.key).not.toBe(sent[0]?.letter.key)
  forgetPost(place)
  expect(postOf(place)).toMatchObject({ phase: 'sending' })
})

it('sends the same words anew once they arrived', async () => {
  const [place, { sent, send }] = [newPlace(), road()]
  const first = postWords(place, words, send)
  sent[0]?.arrive()
  await first
  void postWords(place, words, send)
  expect(sent[1]?.letter.key).not.toBe(sent[0]?.letter.key)
})
