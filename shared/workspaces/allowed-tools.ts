import { isLike } from '../kernel/is-like.ts'

/** How an agent works with the others and its people; a config cannot take it away. */
const always: ReadonlySet<string> = new Set([
  'delegate_task',
  'delegate_task_async',
  'check_delegation_status',
  'list_peers',
  'send_message_to_user',
  'create_plan',
  'update_plan',
  'get_plan',
  'list_approvals',
  'decide_approval',
])

/** What reaches beyond this server is given only where a config names it. */
const onlyByName: ReadonlySet<string> = new Set(['web_fetch'])

/**
 * Which of these tools a workspace may call, by what its config lists under `tools` (names, or patterns with `*`). Without a
 * list: all but those that must be named.
 */
export function allowedTools(all: readonly string[], listed: readonly string[] | undefined): string[] {
  return all.filter((tool) => {
    if (always.has(tool)) return true
    if (onlyByName.has(tool)) return listed?.includes(tool) === true
    return listed === undefined || listed.some((pattern) => isLike(pattern, tool))
  })
}
