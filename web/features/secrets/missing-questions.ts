import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { MissingKeys } from '#shared/secrets/contract.ts'
import { customService, serviceOf } from '#shared/secrets/services.ts'

/** One thing to ask a person: any of the names will do, for all these workspaces. */
export type KeyQuestion = {
  id: string
  anyOf: string[]
  /** Their models want it, not only their tools. */
  forModel: boolean
  workspaces: { id: WorkspaceId; name: string }[]
}

/** What is required and missing, each key asked once; one that is wanted by itself answers every choice that holds it. */
export function questionsOf(missing: MissingKeys): KeyQuestion[] {
  const groups = missing.flatMap(({ workspaceId: id, workspaceName: name, required }) =>
    required.map((group) => ({ ...group, workspace: { id, name } })),
  )
  const strict = new Set(groups.flatMap(({ anyOf }) => (anyOf.length === 1 ? anyOf : [])))
  const questions = new Map<string, KeyQuestion>()
  for (const { anyOf, forModel, workspace } of groups) {
    const decided = anyOf.find((name) => strict.has(name))
    const names = decided === undefined ? anyOf : [decided]
    const id = [...names].sort().join(' ')
    const known = questions.get(id)
    const others = (known?.workspaces ?? []).filter((other) => other.id !== workspace.id)
    questions.set(id, {
      id,
      anyOf: known?.anyOf ?? names,
      forModel: forModel || known?.forModel === true,
      workspaces: [...others, workspace],
    })
  }
  return [...questions.values()].sort((a, b) => Number(b.forModel) - Number(a.forModel))
}

/** What a person chooses between: of each service the name we suggest, and every name nobody knows. */
export function choicesOf(anyOf: readonly string[]): string[] {
  const seen = new Set<string>()
  return anyOf.filter((name) => {
    const service = serviceOf(name)
    if (service === customService) return true
    const isNew = !seen.has(service)
    seen.add(service)
    return isNew
  })
}
