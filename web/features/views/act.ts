import type { OrgId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/views/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { changeViews, readViewsAgain } from './cache.ts'

/** Keeps a view, or one of this id anew. */
export function saveView(orgId: OrgId, view: View): Promise<void> {
  return change(
    orgId,
    `${view.name} was not saved.`,
    (views) => [...views.filter(({ id }) => id !== view.id), view],
    () => client.views.save.mutate({ orgId, viewId: view.id, name: view.name, look: view.look }),
  )
}

export function renameView(orgId: OrgId, view: View, name: string): Promise<void> {
  return change(
    orgId,
    `${view.name} was not renamed.`,
    (views) => views.map((one) => (one.id === view.id ? { ...one, name } : one)),
    () => client.views.rename.mutate({ orgId, viewId: view.id, name }),
  )
}

/** Gone at once, with the way back. */
export async function deleteView(orgId: OrgId, view: View): Promise<void> {
  await change(
    orgId,
    `${view.name} was not deleted.`,
    (views) => views.filter(({ id }) => id !== view.id),
    async () => {
      await client.views.delete.mutate({ orgId, viewId: view.id })
      const action = { label: 'Undo', run: () => void saveView(orgId, view) }
      notify({ title: `Deleted the view ${view.name}`, tone: 'done', action })
    },
  )
}

async function change(
  orgId: OrgId,
  refusal: string,
  shown: (views: View[]) => View[],
  act: () => Promise<void>,
): Promise<void> {
  const before = changeViews(orgId, shown)
  try {
    await act()
  } catch (error) {
    changeViews(orgId, () => before)
    const { message, fix } = readProblem(error)
    notify({ title: `${refusal} ${message}`, detail: fix, tone: 'failed' })
  }
  readViewsAgain(orgId)
}
