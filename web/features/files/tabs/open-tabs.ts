/** The files that are open in one group of the editor, in the order of their tabs. */
export type Group = { tabs: readonly string[]; active: string | null }
/** One group, or two side by side. `focus` is the one the keyboard means. */
export type OpenTabs = { groups: readonly Group[]; focus: number }

export type TabsAction =
  | { type: 'opened'; path: string }
  | { type: 'closed'; group: number; path: string }
  | { type: 'closed-others'; group: number; path: string }
  | { type: 'moved'; group: number; path: string; by: number }
  | { type: 'split'; path: string }
  | { type: 'focused'; group: number }
  | { type: 'renamed'; from: string; to: string }
  | { type: 'gone'; paths: readonly string[] }

export function openFirst(path: string): OpenTabs {
  return { groups: [{ tabs: [path], active: path }], focus: 0 }
}

/** Which tabs are open after an act. A group without tabs goes, unless it is the only one. */
export function changeTabs(state: OpenTabs, action: TabsAction): OpenTabs {
  switch (action.type) {
    case 'opened':
      return inGroup(state, state.focus, (group) => show(group, action.path))
    case 'closed':
      return tidy(inGroup(state, action.group, (group) => without(group, [action.path])))
    case 'closed-others':
      return inGroup(state, action.group, (group) =>
        without(
          group,
          group.tabs.filter((path) => path !== action.path),
        ),
      )
    case 'moved':
      return inGroup(state, action.group, (group) => ({ ...group, tabs: shifted(group.tabs, action.path, action.by) }))
    case 'split': {
      const [first = { tabs: [], active: null }, second] = state.groups
      if (second) return inGroup({ ...state, focus: 1 }, 1, (group) => show(group, action.path))
      return { groups: [first, { tabs: [action.path], active: action.path }], focus: 1 }
    }
    case 'focused':
      return state.focus === action.group || !state.groups[action.group] ? state : { ...state, focus: action.group }
    case 'renamed':
      return mapPaths(state, (path) => (path === action.from ? action.to : path))
    case 'gone': {
      const isOpen = state.groups.some(({ tabs }) => tabs.some((path) => action.paths.includes(path)))
      if (!isOpen) return state
      return tidy({ ...state, groups: state.groups.map((group) => without(group, action.paths)) })
    }
    default:
      return action satisfies never
  }
}

/** What was remembered, if it still has the shape of tabs. */
export function parseTabs(value: unknown): OpenTabs | undefined {
  if (typeof value !== 'object' || value === null || !('groups' in value) || !Array.isArray(value.groups))
    return undefined
  const groups = value.groups.slice(0, 2).flatMap((group: unknown): Group[] => {
    if (typeof group !== 'object' || group === null || !('tabs' in group) || !Array.isArray(group.tabs)) return []
    const tabs = group.tabs.filter((path: unknown): path is string => typeof path === 'string').slice(0, 50)
    const active = 'active' in group ? tabs.find((path) => path === group.active) : undefined
    return [{ tabs, active: active ?? tabs[0] ?? null }]
  })
  if (groups.length === 0) return undefined
  const focus = 'focus' in value && value.focus === 1 && groups.length === 2 ? 1 : 0
  return tidy({ groups, focus })
}

function show(group: Group, path: string): Group {
  return { tabs: group.tabs.includes(path) ? group.tabs : [...group.tabs, path], active: path }
}

/** The neighbour takes the place of a closed one. */
function without(group: Group, paths: readonly string[]): Group {
  const tabs = group.tabs.filter((path) => !paths.includes(path))
  if (group.active !== null && tabs.includes(group.active)) return { tabs, active: group.active }
  const at = group.tabs.indexOf(group.active ?? '')
  const next = group.tabs.slice(at).find((path) => tabs.includes(path)) ?? tabs.at(-1) ?? null
  return { tabs, active: next }
}

function shifted(tabs: readonly string[], path: string, by: number): readonly string[] {
  const at = tabs.indexOf(path)
  const to = Math.max(0, Math.min(tabs.length - 1, at + by))
  if (at < 0 || to === at) return tabs
  const rest = tabs.toSpliced(at, 1)
  return rest.toSpliced(to, 0, path)
}

function inGroup(state: OpenTabs, group: number, change: (group: Group) => Group): OpenTabs {
  return { ...state, groups: state.groups.map((one, index) => (index === group ? change(one) : one)) }
}

function mapPaths(state: OpenTabs, rename: (path: string) => string): OpenTabs {
  const groups = state.groups.map(({ tabs, active }) => ({
    tabs: [...new Set(tabs.map(rename))],
    active: active === null ? null : rename(active),
  }))
  return { ...state, groups }
}

function tidy(state: OpenTabs): OpenTabs {
  const full = state.groups.filter(({ tabs }) => tabs.length > 0)
  if (full.length === state.groups.length) return state
  const groups = full.length > 0 ? full : [{ tabs: [], active: null }]
  return { groups, focus: Math.min(state.focus, groups.length - 1) }
}
