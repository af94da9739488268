import { isLike } from '../kernel/is-like.ts'

/** How an agent works with the others and its people; a config cannot take it away. */
const always: ReadonlySet<string> = new Set([
  'delegate_task',
  'delegate_task_async',
  'check_delegation_status',
  'list_peers',
  'send_message_to_user',
  'notify',
  'create_plan',
  'update_plan',
  'get_plan',
  'list_approvals',
  'decide_approval',
])

/** What reaches beyond this server is given only where a config names it. */
const onlyByName: ReadonlySet<string> = new Set(['web_fetch', 'run_project'])

/**
 * Which of these tools a workspace may call, by what its config lists under `tools` (names, or patterns with `*`). Without a
 * list: all but those that must be named.
 */
export function allowedTools(all: readonly string[], listed: readonly string[] | undefined): string[] {
  return all.filter((tool) => givenBy(tool, listed).isGiven)
}

/** Is it given, and why: the reason is for people, and follows "because". */
export function givenBy(tool: string, listed: readonly string[] | undefined): { isGiven: boolean; why: string } {
  if (always.has(tool)) return { isGiven: true, why: 'agents always work together by it' }
  if (onlyByName.has(tool)) {
    return listed?.includes(tool)
      ? { isGiven: true, why: 'its config names it' }
      : { isGiven: false, why: 'it reaches beyond this server and its config does not name it' }
  }
  if (listed === undefined) return { isGiven: true, why: 'its config lists no tools, so it has those of this server' }
  return listed.some((pattern) => isLike(pattern, tool))
    ? { isGiven: true, why: 'its config lists it' }
    : { isGiven: false, why: 'its config does not list it' }
}
