import { useSyncExternalStore } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { HeatKind } from '#shared/views/contract.ts'
import { isWorkspaceId } from '../kernel/ids.ts'
import { oneOf, readStored, writeStored } from '../kernel/storage.ts'

export const heatKinds = ['none', 'status', 'spend', 'queue', 'errors'] as const satisfies readonly HeatKind[]

/** How a person looks at an org: which teams are one card, what the colours say, what is searched for. */
export type GraphView = { collapsed: ReadonlySet<WorkspaceId>; heat: HeatKind; filter: string }

const plain: GraphView = { collapsed: new Set(), heat: 'none', filter: '' }

/** Outside React, for commands, cards and the drawing worker read it alike. Kept over reloads, but for what is searched for. */
export function createGraphView() {
  let org: OrgId | undefined
  let view = plain
  const listeners = new Set<() => void>()

  /** From here on an org as this person left it; asked for by what shows it, before anything reads the view. */
  function open(orgId: OrgId): void {
    if (org === orgId) return
    org = orgId
    view = readStored(keyOf(orgId), parseKept, plain)
  }

  function change(next: Partial<GraphView>): void {
    set({ ...view, ...next })
    if (org !== undefined) writeStored(keyOf(org), { collapsed: [...view.collapsed], heat: view.heat })
  }

  function set(next: GraphView): void {
    view = next
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { open, change, subscribe, now: () => view }
}

/** The one of this page. */
export const graphView = createGraphView()

export function useGraphView(): GraphView {
  return useSyncExternalStore(graphView.subscribe, graphView.now)
}

function keyOf(orgId: OrgId): string {
  return `graph.${orgId}`
}

function parseKept(value: unknown): GraphView | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('collapsed' in value) || !Array.isArray(value.collapsed)) return undefined
  const ids = value.collapsed.filter((id: unknown) => typeof id === 'string').filter(isWorkspaceId)
  const heat = 'heat' in value ? oneOf(...heatKinds)(value.heat) : undefined
  return { collapsed: new Set(ids), heat: heat ?? 'none', filter: '' }
}
