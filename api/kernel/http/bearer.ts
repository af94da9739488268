import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '#shared/kernel/app-error.ts'

type Asked = { headers: IncomingHttpHeaders }

/** What stands behind `Authorization: Bearer`; undefined where another scheme, or nothing, is sent. */
export function bearerOf({ headers }: Asked): string | undefined {
  return /^bearer\s+(.*)$/i.exec(headers.authorization ?? '')?.[1]?.trim()
}

/** Who sends two proofs would be one person to some of us and another to the rest. */
export function requireOneProof({ headers }: Asked): void {
  if (!/(^|;\s*)(__(Secure|Host)-)?delegraph_[0-9a-f]{8}\./.test(headers.cookie ?? '')) return
  throw new AppError('bad-input', "The request carries a key and a session's cookie.", {
    fix: 'Send one of the two.',
  })
}
