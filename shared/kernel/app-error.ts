import { z } from 'zod'

/** The closed list of reasons a person can be told. Surfaces map them (tRPC code, HTTP status, exit code) in one place each. */
export const ErrorCode = z.enum([
  'bad-input',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'busy',
  'too-large',
  'rate-limited',
  'unavailable',
])
export type ErrorCode = z.infer<typeof ErrorCode>

export type ErrorDetail = {
  /** Path of the input field at fault, e.g. "workspaces.2.name". */
  field?: string
  /** What to do about it, as one imperative sentence. */
  fix?: string
  /** Facts the surface may show, e.g. the text that was saved meanwhile. Never secrets. */
  data?: Readonly<Record<string, unknown>>
  cause?: unknown
}

/** An error a person can act on, in words for that person. Everything else that is thrown is a defect and is logged at the edge. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly fix: string | undefined
  readonly data: Readonly<Record<string, unknown>> | undefined

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, { cause: detail.cause })
    this.name = 'AppError'
    this.code = code
    this.field = detail.field
    this.fix = detail.fix
    this.data = detail.data
  }
}

/** What travels to a client beside the message; `web` reads it back with `safeParse`. */
export const ErrorShape = z.object({
  code: ErrorCode,
  message: z.string(),
  field: z.string().optional(),
  fix: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
})
export type ErrorShape = z.infer<typeof ErrorShape>
