import { useMutation } from '@tanstack/react-query'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { SecretChange } from '#shared/secrets/contract.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import type { KeyQuestion } from './missing-questions.ts'
import { countWords, listWords } from './words.ts'

export type KeyAnswer = { question: KeyQuestion; name: string; value: string }
export type AnswerKeys = {
  orgId: OrgId
  /** Else each workspace that asks gets its own. */
  isForOrg: boolean
  goesLive: boolean
  onDone: () => void
}

/** Keeps the answers, then lets real models play if that was the wish, and says who goes on. */
export function useAnswerKeys({ orgId, isForOrg, goesLive, onDone }: AnswerKeys) {
  return useMutation({
    gcTime: 0,
    mutationFn: async (answers: readonly KeyAnswer[]) => {
      const changes: SecretChange[] = []
      for (const { workspaceId, entries } of scopesOf(answers, isForOrg)) {
        changes.push(...(await client.secrets.setMany.mutate({ orgId, workspaceId, entries })))
      }
      if (goesLive) await client.orgs.setRehearsal.mutate({ orgId, isRehearsal: false })
      return changes
    },
    onSuccess: (changes) => {
      notify(noticeOf(changes, goesLive))
      onDone()
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: trpc.secrets.pathKey() }),
        queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() }),
      ]),
  })
}

type Scope = { workspaceId: WorkspaceId | null; entries: { name: string; value: string }[] }

/** Two questions may be answered by one name; it is set once a scope. */
function scopesOf(answers: readonly KeyAnswer[], isForOrg: boolean): Scope[] {
  const scopes = new Map<WorkspaceId | null, Map<string, string>>()
  for (const { question, name, value } of answers) {
    for (const workspaceId of isForOrg ? [null] : question.workspaces.map(({ id }) => id)) {
      const entries = scopes.get(workspaceId) ?? new Map<string, string>()
      scopes.set(workspaceId, entries.set(name, value))
    }
  }
  return [...scopes].map(([workspaceId, entries]) => ({
    workspaceId,
    entries: [...entries].map(([name, value]) => ({ name, value })),
  }))
}

function noticeOf(changes: readonly SecretChange[], goesLive: boolean) {
  const affected = [...new Set(changes.flatMap((change) => change.affected.map(({ name }) => name)))]
  const saved = changes.length === 1 ? `${changes[0]?.name} is saved` : `${countWords(changes.length, 'key')} are saved`
  return {
    id: 'keys',
    tone: 'done' as const,
    title:
      changes.length === 0
        ? 'Real models play from now on'
        : goesLive
          ? `${saved}; real models play from now on`
          : saved,
    detail:
      affected.length === 0
        ? undefined
        : `${countWords(affected.length, 'workspace goes on', 'workspaces go on')}: ${listWords(affected, 5)}.`,
  }
}
