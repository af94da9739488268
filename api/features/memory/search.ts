import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { ListMemories, Memory } from '#shared/memory/contract.ts'
import { memoryScopes } from '#shared/memory/limits.ts'
import { teamOf } from '#shared/memory/team-of.ts'
import type { Reader } from '../../kernel/db.ts'
import { loadChart, requireWorkspace } from '../workspaces/index.ts'
import { type Sight, searchWords, selectSaying, selectSorted } from './store.ts'

type Asked = Omit<ListMemories, 'orgId' | 'workspaceId'>
const maxWords = 24

/** What a workspace can recall: newest first, or best first where something is asked for. */
export async function searchMemories(reader: Reader, workspaceId: WorkspaceId, asked: Asked): Promise<Memory[]> {
  await requireWorkspace(reader, workspaceId)
  const { scope, kind, query = '', sort = 'newest', limit = 50 } = asked
  const sight: Sight = {
    reader: workspaceId,
    team: teamOf(await loadChart(reader), workspaceId),
    scopes: scope ? [scope] : memoryScopes,
    kind,
  }
  if (query === '') return await selectSorted(reader, sight, sort, limit)
  const words = wordsOf(query)
  const found = words.length > 0 ? await searchWords(reader, sight, words, limit) : []
  // Parts of words, and scripts that are written without spaces.
  return found.length > 0 ? found : await selectSaying(reader, sight, query, limit)
}

/** Letters and digits, in lower case, from two on. */
function wordsOf(query: string): string[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []
  return [...new Set(words)].slice(0, maxWords)
}
