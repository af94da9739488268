import type { ViewId } from '#shared/views/contract.ts'

export function newViewId(): ViewId {
  const id = crypto.randomUUID()
  if (isViewId(id)) return id
  throw new Error('The browser made an id that is none.')
}

function isViewId(value: string): value is ViewId {
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)
}
