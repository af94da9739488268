import { useSyncExternalStore } from 'react'
import { asBoolean, asNumber, oneOf, readStored, writeStored } from '#web/kernel/storage.ts'

export type DockSize = 'closed' | 'split' | 'full'
/** On a narrow screen one of these has the room. */
export type NarrowPanel = 'graph' | 'dock' | 'inspector'

export type ShellState = {
  dock: DockSize
  /** Height of the dock in per cent, where it shares the room. */
  dockShare: number
  /** What the person wants; without anything to inspect it stays away. */
  isInspectorOpen: boolean
  inspectorWidth: number
  narrowPanel: NarrowPanel
}

export const dockShares = { min: 15, initial: 40, max: 80 }
export const inspectorWidths = { min: 280, initial: 360, max: 640 }

const listeners = new Set<() => void>()

let state: ShellState = {
  dock: readStored('shell.dock', oneOf('closed', 'split', 'full'), 'split'),
  dockShare: readStored('shell.dock-share', asNumber, dockShares.initial),
  isInspectorOpen: readStored('shell.inspector', asBoolean, true),
  inspectorWidth: readStored('shell.inspector-width', asNumber, inspectorWidths.initial),
  narrowPanel: 'graph',
}

/** How the room is divided now; remembered over reloads. */
export function useShell(): ShellState {
  return useSyncExternalStore(subscribe, shellState)
}

function shellState(): ShellState {
  return state
}

/** Shows the dock, e.g. because a file was opened. A dock that is open stays as large as it is. */
export function openDock(): void {
  change({ dock: state.dock === 'closed' ? 'split' : state.dock, narrowPanel: 'dock' })
}

export function closeDock(): void {
  change({ dock: 'closed', narrowPanel: state.narrowPanel === 'dock' ? 'graph' : state.narrowPanel })
}

export function toggleDock(): void {
  if (isDockShown()) closeDock()
  else openDock()
}

export function toggleFullDock(): void {
  change({ dock: state.dock === 'full' ? 'split' : 'full', narrowPanel: 'dock' })
}

export function resizeDock(dockShare: number): void {
  change({ dockShare })
}

export function openInspector(): void {
  change({ isInspectorOpen: true, narrowPanel: 'inspector' })
}

export function closeInspector(): void {
  change({ isInspectorOpen: false, narrowPanel: state.narrowPanel === 'inspector' ? 'graph' : state.narrowPanel })
}

export function toggleInspector(): void {
  if (isInspectorShown()) closeInspector()
  else openInspector()
}

export function resizeInspector(inspectorWidth: number): void {
  change({ inspectorWidth })
}

export function showNarrow(narrowPanel: NarrowPanel): void {
  const opened = narrowPanel === 'dock' && state.dock === 'closed' ? { dock: 'split' as const } : {}
  change({ narrowPanel, ...opened, ...(narrowPanel === 'inspector' ? { isInspectorOpen: true } : {}) })
}

/** Makes room for the graph and puts the keyboard there. */
export function focusGraph(): void {
  change({ dock: state.dock === 'full' ? 'split' : state.dock, narrowPanel: 'graph' })
  requestAnimationFrame(() => {
    const area = document.querySelector<HTMLElement>('[data-shell="graph"]')
    // The card the arrows left from, before any button that stands ahead of it.
    const place = area?.querySelector<HTMLElement>('[data-canvas][tabindex="0"], [data-workspace-id][tabindex="0"]')
    const entry = place ?? area?.querySelector<HTMLElement>('[tabindex="0"], button') ?? area
    entry?.focus()
  })
}

/** True below 900 px, where one panel at a time has the room. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribeWidth, isNarrow)
}

function isNarrow(): boolean {
  return narrowQuery().matches
}

function isDockShown(): boolean {
  return isNarrow() ? state.narrowPanel === 'dock' : state.dock !== 'closed'
}

function isInspectorShown(): boolean {
  return isNarrow() ? state.narrowPanel === 'inspector' : state.isInspectorOpen
}

function change(next: Partial<ShellState>): void {
  state = { ...state, ...next }
  writeStored('shell.dock', state.dock)
  writeStored('shell.dock-share', state.dockShare)
  writeStored('shell.inspector', state.isInspectorOpen)
  writeStored('shell.inspector-width', state.inspectorWidth)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function narrowQuery(): MediaQueryList {
  return window.matchMedia('(max-width: 899.98px)')
}

function subscribeWidth(listener: () => void): () => void {
  const query = narrowQuery()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
