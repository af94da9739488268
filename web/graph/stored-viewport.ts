import type { OrgId } from '#shared/kernel/ids.ts'
import { dropStored, readStored, writeStored } from '../kernel/storage.ts'
import type { Viewport } from './overlay/protocol.ts'

/** Where this person last looked in the org. */
export function readViewport(orgId: OrgId): Viewport | undefined {
  return readStored<Viewport | undefined>(`viewport.${orgId}`, parseViewport, undefined)
}

export function writeViewport(orgId: OrgId, viewport: Viewport): void {
  writeStored(`viewport.${orgId}`, viewport)
  tell()
}

export function forgetViewport(orgId: OrgId): void {
  dropStored(`viewport.${orgId}`)
  tell()
}

/** Hears when the person looks somewhere else. */
export function onViewport(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

function parseViewport(value: unknown): Viewport | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('x' in value) || !('y' in value) || !('zoom' in value)) return undefined
  const { x, y, zoom } = value
  if (typeof x !== 'number' || typeof y !== 'number' || typeof zoom !== 'number') return undefined
  const isSane = Number.isFinite(x) && Number.isFinite(y) && zoom >= zoomRange.least && zoom <= zoomRange.most
  return isSane ? { x, y, zoom } : undefined
}

export const zoomRange = { least: 0.04, most: 2 } as const
