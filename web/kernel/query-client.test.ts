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

it('asks as often as before where an answer was there already', async () => {
  const { client, asked, ask, shown, leave } = watched()
  asked[0]?.('queued')
  await vi.waitFor(() => expect(shown()).toBe('queued'))
  void client.invalidateQueries({ queryKey: ['turns'] })
  expect(ask).toHaveBeenCalledTimes(2)
  void client.invalidateQueries({ queryKey: ['turns'] })
  expect(ask).toHaveBeenCalledTimes(3)
  asked[2]?.('completed')
  await vi.waitFor(() => expect(shown()).toBe('completed'))
  expect(ask).toHaveBeenCalledTimes(3)
  leave()
})
