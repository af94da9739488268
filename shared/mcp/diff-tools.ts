import type { McpTool } from './contract.ts'

export type ToolChange =
  | { kind: 'added'; tool: McpTool }
  | { kind: 'removed'; tool: McpTool }
  /** `parts`: which parts of its definition are others. */
  | { kind: 'changed'; before: McpTool; after: McpTool; parts: ('title' | 'description' | 'schema' | 'claims')[] }

/** What an approved list and the one seen now differ in, by name. */
export function diffTools(before: readonly McpTool[], after: readonly McpTool[]): ToolChange[] {
  const old = new Map(before.map((tool) => [tool.name, tool]))
  const names = [...new Set([...before, ...after].map(({ name }) => name))].toSorted()
  const now = new Map(after.map((tool) => [tool.name, tool]))
  return names.flatMap((name): ToolChange[] => {
    const [was, is] = [old.get(name), now.get(name)]
    if (was && is)
      return was.digest === is.digest ? [] : [{ kind: 'changed', before: was, after: is, parts: parts(was, is) }]
    if (is) return [{ kind: 'added', tool: is }]
    return was ? [{ kind: 'removed', tool: was }] : []
  })
}

function parts(was: McpTool, is: McpTool) {
  const differs = [
    ['title', was.title !== is.title],
    ['description', was.description !== is.description],
    ['schema', JSON.stringify(was.inputSchema) !== JSON.stringify(is.inputSchema)],
    ['claims', JSON.stringify(was.claims) !== JSON.stringify(is.claims)],
  ] as const
  return differs.flatMap(([part, isOther]) => (isOther ? [part] : []))
}
