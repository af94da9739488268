import type { McpState } from './contract.ts'

type Known = {
  isOn: boolean
  /** Null where it is reached by HTTP. */
  commandHash: string | null
  approvedCommand: string | null
  approvedList: string | null
  seenList: string | null
  hasTrouble: boolean
}

/** Where a server stands, by what was approved and what was seen. A list that is another than the approved one stops it first. */
export function stateOf({ isOn, commandHash, approvedCommand, approvedList, seenList, hasTrouble }: Known): McpState {
  if (!isOn) return 'off'
  if (commandHash !== null && commandHash !== approvedCommand) return 'command'
  if (approvedList !== null && seenList !== null && seenList !== approvedList) return 'changed'
  if (hasTrouble) return 'unreachable'
  if (seenList === null) return approvedList === null ? 'untried' : 'ready'
  return approvedList === null ? 'tools' : 'ready'
}
