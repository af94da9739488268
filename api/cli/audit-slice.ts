import { AuditSlice } from '#shared/audit/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'

type Flags = {
  since?: string | undefined
  until?: string | undefined
  workspace?: string | undefined
  delegation?: string | undefined
  chain?: string | undefined
}

/** The slice that the options of `audit export` ask for. Times: 2026-01-31, 2026-01-31T09:00:00Z, or 90m, 24h, 7d ago. */
export function readSliceFlags({ since, until, workspace, delegation, chain }: Flags, now: Date): AuditSlice {
  const slice = AuditSlice.safeParse({
    ...(since !== undefined && { since: readTime(since, now) }),
    ...(until !== undefined && { until: readTime(until, now) }),
    ...(workspace !== undefined && { workspaceId: workspace }),
    ...(delegation !== undefined && { delegationId: delegation }),
    ...(chain !== undefined && { chainId: chain }),
  })
  if (slice.success) return slice.data
  const field = String(slice.error.issues[0]?.path[0] ?? '').replace(/Id$/, '')
  throw new AppError('bad-input', `--${field} cannot be read.`, {
    fix: 'Give times as 2026-01-31, 2026-01-31T09:00:00Z, 90m, 24h or 7d, and ids whole.',
  })
}

const minutesOf = { m: 1, h: 60, d: 1_440 } as const

function readTime(text: string, now: Date): string {
  const ago = /^(\d{1,6})([mhd])$/.exec(text)
  const unit = ago?.[2]
  if (ago && (unit === 'm' || unit === 'h' || unit === 'd')) {
    return new Date(now.getTime() - Number(ago[1]) * minutesOf[unit] * 60_000).toISOString()
  }
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text
}
