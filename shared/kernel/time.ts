import { z } from 'zod'

/** An instant on the wire: ISO 8601 in UTC, milliseconds. */
export const Instant = z.iso.datetime({ offset: true })
export type Instant = z.infer<typeof Instant>
