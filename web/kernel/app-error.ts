import type { ErrorCode } from '#shared/kernel/app-error.ts'

/** What went wrong, in words for a person; `code` is `offline` when no answer came and `defect` for what we did not foresee. */
export type Problem = {
  code: ErrorCode | 'offline' | 'defect'
  message: string
  field?: string
  fix?: string
  data?: Readonly<Record<string, unknown>>
}

/** Reads the server's AppError out of whatever a call threw. */
export function readProblem(error: unknown): Problem {
  const shape = isRecord(error) && isRecord(error.data) ? error.data.appError : undefined
  if (isRecord(shape) && typeof shape.message === 'string' && isCode(shape.code)) {
    return {
      code: shape.code,
      message: shape.message,
      field: typeof shape.field === 'string' ? shape.field : undefined,
      fix: typeof shape.fix === 'string' ? shape.fix : undefined,
      data: isRecord(shape.data) ? shape.data : undefined,
    }
  }
  if (isRecord(error) && isRecord(error.data)) {
    return {
      code: 'defect',
      message: 'The server could not do this.',
      fix: 'Try again; the log of the server has the cause.',
    }
  }
  return {
    code: 'offline',
    message: 'The server does not answer.',
    fix: 'Check that it runs; this page goes on by itself.',
  }
}

const codes: Record<ErrorCode, true> = {
  'bad-input': true,
  unauthenticated: true,
  forbidden: true,
  'not-found': true,
  conflict: true,
  busy: true,
  'too-large': true,
  'rate-limited': true,
  unavailable: true,
}

function isCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(codes, value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
