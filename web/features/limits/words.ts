import type { LimitName } from '#shared/limits/contract.ts'

/** What each limit is called, and what happens at its end. */
export const whatFor: Readonly<Record<LimitName, { title: string; detail: string }>> = {
  workspaces: { title: 'Workspaces', detail: 'At the limit no more can be made. Delete some that are not needed.' },
  running: { title: 'Work at the same time', detail: 'At the limit more work waits in its queue.' },
  storageBytes: {
    title: 'Storage',
    detail: 'At the limit files cannot be saved and no work begins. Delete what is not needed.',
  },
  eventsPerSecond: { title: 'Events a second', detail: 'Over the limit no new work begins until it is calmer.' },
  readsPerSecond: { title: 'Reading', detail: '' },
  writesPerSecond: { title: 'Changing', detail: '' },
}

export function amountWords(name: LimitName, amount: number): string {
  if (name === 'storageBytes') return bytesWords(amount)
  if (name === 'readsPerSecond' || name === 'writesPerSecond') return `${count(amount)} a second`
  return count(name === 'eventsPerSecond' ? Math.round(amount * 10) / 10 : amount)
}

function bytesWords(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const amount = bytes / 1024 ** step
  return `${amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 && step > 0 ? 1 : 0 })} ${units[step]}`
}

function count(amount: number): string {
  return amount.toLocaleString('en-US')
}
