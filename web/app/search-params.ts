/** Where a person is inside an org; the URL holds it, so that a link or a reload leads back. */
export type PlaceSearch = {
  /** The selected workspace. */
  w?: string
  /** The inspector's tab. */
  tab?: string
  dock?: DockTab
  /** The opened delegation. */
  d?: string
  /** A shared run, to be opened once. */
  run?: string
}

export const dockTabs = ['prompt', 'config', 'files', 'history', 'run'] as const
export type DockTab = (typeof dockTabs)[number]

/** Reads the search part of the URL; what does not fit is left out. */
export function parsePlace(search: Record<string, unknown>): PlaceSearch {
  const dock = dockTabs.find((tab) => tab === search.dock)
  return {
    ...(isUuid(search.w) && { w: search.w }),
    ...(isWord(search.tab) && { tab: search.tab }),
    ...(dock !== undefined && { dock }),
    ...(isUuid(search.d) && { d: search.d }),
    ...(isUuid(search.run) && { run: search.run }),
  }
}

/** On every page of an org: the open section of the settings. */
export function parseSettings(search: Record<string, unknown>): { settings?: string } {
  return isWord(search.settings) ? { settings: search.settings } : {}
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z-]{1,24}$/.test(value)
}
