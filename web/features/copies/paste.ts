import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Bundle } from '#shared/templates/bundle.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { doing } from '../acts/index.ts'
import { askMove } from '../moves/index.ts'
import { select, teamBelow } from '../workspaces/index.ts'
import { type Clip, dropClip, readClip } from './clipboard.ts'

/** Where it goes: under a workspace, or among the roots, there with its upper left card at a place. */
export type PasteInto = { orgId: OrgId; parentId: WorkspaceId | null; at: Position | null }

/** Pastes what was copied or cut last; what was cut here asks to be moved, for that changes who talks to whom. */
export async function pasteClip(into: PasteInto): Promise<void> {
  const clip = readClip()
  if (!clip) return
  if (clip.isCut && clip.orgId === into.orgId) {
    const onSettled = (isMoved: boolean) => isMoved && dropClip()
    askMove({ kind: 'confirm', workspaceIds: clip.workspaceIds, toParentId: into.parentId, onSettled })
    return
  }
  await orSay(async () => {
    const { orgId, workspaceIds } = clip
    const bundles = await client.copies.take.query({ orgId, workspaceIds: [...workspaceIds] })
    await plant(into, bundles)
    if (clip.isCut) await takeAway(clip)
  })
}

/** Pastes the text of a bundle, or of several in a list. False where the text is none. */
export function pasteText(into: PasteInto, text: string): boolean {
  const bundles = bundlesIn(text)
  if (bundles) void orSay(() => plant(into, bundles))
  return bundles !== undefined
}

/** The same teams once more, beside the originals. */
export async function duplicate(orgId: OrgId, workspaceIds: readonly WorkspaceId[], what: string): Promise<void> {
  await orSay(async () => {
    const { made } = await doing(
      orgId,
      (asAct) => client.copies.duplicate.mutate({ orgId, workspaceIds: [...workspaceIds], asAct }),
      () => `Duplicated ${what}`,
    )
    select(made)
  })
}

async function plant({ orgId, parentId, at }: PasteInto, bundles: readonly Bundle[]): Promise<void> {
  const [only] = bundles
  const { made } = await doing(
    orgId,
    (asAct) => client.copies.paste.mutate({ orgId, bundles: [...bundles], parentId, at, asAct }),
    () => `Pasted ${bundles.length === 1 && only ? only.name : `${bundles.length} workspaces`}`,
  )
  select(made)
}

/** It has come to the other org; only now it leaves this one, where its deletion can be undone. */
async function takeAway({ orgId, workspaceIds }: Clip): Promise<void> {
  const { workspaces } = await client.workspaces.list.query({ orgId })
  const { failed } = await client.workspaces.batch.mutate({
    orgId,
    verb: 'delete',
    workspaces: workspaceIds.map((workspaceId) => ({
      workspaceId,
      confirmed: teamBelow(workspaces, [workspaceId]).map(({ id }) => id),
    })),
  })
  dropClip()
  const [first] = failed
  if (first) notify({ title: 'Pasted, but not taken away from where it was.', detail: first.message, tone: 'failed' })
}

async function orSay(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    const { message, fix } = readProblem(error)
    notify({ id: 'pasted', title: `Not pasted. ${message}`, detail: fix, tone: 'failed' })
  }
}

/** A bundle names its workspace; the server looks closer. */
function bundlesIn(text: string): Bundle[] | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    const all: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
    return all.length > 0 && all.every(isBundle) ? all.filter(isBundle) : undefined
  } catch {
    return undefined
  }
}

function isBundle(value: unknown): value is Bundle {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
}
