import { QueryObserver } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import { makeQueryClient } from './query-client.ts'

/** A query whose answers the test gives. */
function watched() {
  const client = makeQueryClient()
  const asked: ((answer: string) => void)[] = []
  const ask = vi.fn(() => new Promise<string>((answer) => asked.push(answer)))
  const observer = new QueryObserver(client, { queryKey: ['turns'], queryFn: ask })
  const leave = observer.subscribe(() => {})
  return { client, asked, ask, observer, leave, shown: () => observer.getCurrentResult().data }
}

it('asks once more when something happened while the first answer was on its way', async () => {
  const { client, asked, ask, shown, leave } = watched()
  void client.invalidateQueries({ queryKey: ['turns'] })
  void client.invalidateQueries({ queryKey: ['turns'] })
  void client.invalidateQueries({ queryKey: ['others'] })
  expect(ask).toHaveBeenCalledTimes(1)
  asked[0]?.('queued')
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2))
  asked[1]?.('completed')
  await vi.waitFor(() => expect(shown()).toBe('completed'))
  expect(ask).toHaveBeenCalledTimes(2)
  leave()
})

it('gives an answer on its way up for a newer one', async () => {
  const { client, asked, ask, shown, leave } = watched()
  asked[0]?.('queued')
  await vi.waitFor(() => expect(shown()).toBe('queued'))
  void client.invalidateQueries({ queryKey: ['turns'] })
  const told = client.invalidateQueries({ queryKey: ['turns'] })
  expect(ask).toHaveBeenCalledTimes(3)
  asked[1]?.('of before')
  asked[2]?.('completed')
  await told
  expect(shown()).toBe('completed')
  leave()
})

it('lets an answer arrive though more happens all the time, and asks once more after it', async () => {
  const { client, asked, ask, shown, leave } = watched()
  asked[0]?.('queued')
  await vi.waitFor(() => expect(shown()).toBe('queued'))
  for (let events = 0; events < 20; events++) void client.invalidateQueries({ queryKey: ['turns'] })
  expect(ask).toHaveBeenCalledTimes(4)
  asked[3]?.('running')
  await vi.waitFor(() => expect(shown()).toBe('running'))
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(5))
  asked[4]?.('completed')
  await vi.waitFor(() => expect(shown()).toBe('completed'))
  expect(ask).toHaveBeenCalledTimes(5)
  leave()
})

it('reads again what could not be read when it changed', async () => {
  const client = makeQueryClient()
  const answers = [() => 'queued', failing, () => 'completed']
  const ask = vi.fn(async () => answers.shift()?.())
  const observer = new QueryObserver(client, { queryKey: ['turns'], queryFn: ask, retry: false })
  const leave = observer.subscribe(() => {})
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('queued'))
  await client.invalidateQueries({ queryKey: ['turns'] })
  expect(observer.getCurrentResult()).toMatchObject({ data: 'queued', isError: true })
  await client.readMissed()
  expect(observer.getCurrentResult()).toMatchObject({ data: 'completed', isError: false })
  await client.readMissed()
  expect(ask).toHaveBeenCalledTimes(3)
  leave()
})

function failing(): never {
  throw new Error('no answer came')
}
