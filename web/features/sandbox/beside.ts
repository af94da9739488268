import type { RunOrigin } from '#shared/runs/contract.ts'
import { isDelegationId, isWorkspaceId } from '#web/kernel/ids.ts'
import type { Parse } from '#web/kernel/storage.ts'
import type { Program } from './program.ts'

/** A program without its code. */
export type Beside = Omit<Program, 'language' | 'code'>

export const nothingBeside: Beside = { path: null, files: {}, stdin: '', origin: null, recorded: null }

/** What was kept in this browser; how it went for others is read from the server again when it is opened again. */
export const asBeside: Parse<Beside> = (value) => {
  if (!isRecord(value) || !isRecord(value.files) || typeof value.stdin !== 'string') return undefined
  const texts = Object.entries(value.files).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const path = typeof value.path === 'string' ? value.path : null
  return {
    ...nothingBeside,
    path,
    files: Object.fromEntries(texts),
    stdin: value.stdin,
    origin: asOrigin(value.origin),
  }
}

function asOrigin(value: unknown): RunOrigin | null {
  if (!isRecord(value)) return null
  const { kind, workspaceId, delegationId, step } = value
  if (kind === 'file' && typeof workspaceId === 'string' && isWorkspaceId(workspaceId)) return { kind, workspaceId }
  if (kind !== 'step' || typeof delegationId !== 'string' || !isDelegationId(delegationId)) return null
  return typeof step === 'number' ? { kind, delegationId, step } : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
