import { z } from 'zod'
import { OrgId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'

/** Wrapping every data key anew by the current key, or sealing every value by a fresh data key. */
export const RotationKind = z.enum(['wrapping', 'data'])
export type RotationKind = z.infer<typeof RotationKind>

export const RotateKeys = z.object({ orgId: OrgId, kind: RotationKind })
export type RotateKeys = z.infer<typeof RotateKeys>

/** How the secrets of an org are encrypted: no key, only names of keys. */
export const KeyStatus = z.object({
  provider: z.string(),
  /** By which keys how many values are wrapped, most first. */
  keys: z.array(z.object({ keyId: z.string(), versions: z.int().positive() })),
  /** The newest; it runs while `finishedAt` is null. */
  rotation: z
    .object({
      kind: RotationKind,
      total: z.int().nonnegative(),
      done: z.int().nonnegative(),
      failed: z.int().nonnegative(),
      problem: z.string().nullable(),
      startedByName: z.string(),
      startedAt: Instant,
      finishedAt: Instant.nullable(),
    })
    .nullable(),
})
export type KeyStatus = z.infer<typeof KeyStatus>
