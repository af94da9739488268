import { z } from 'zod'

/** What a tool that runs programs gives, as far as a line about it needs. */
const Ran = z.object({
  status: z.string().min(1),
  exit_code: z.number().optional(),
  error: z.string().optional(),
  detail: z.string().optional(),
  stdout: z.string(),
  stderr: z.string(),
})

/** One line on a program that was run: how it ended, and the last it said. Undefined for what is no such result. */
export function ranSummary(text: string): string | undefined {
  const ran = Ran.safeParse(readJson(text)).data
  if (!ran) return undefined
  const code = ran.exit_code === undefined || ran.exit_code === 0 ? '' : ` with code ${ran.exit_code}`
  const said = ran.error ?? ran.detail ?? (lastLine(ran.stdout) || lastLine(ran.stderr))
  return `${ran.status.slice(0, 1).toUpperCase()}${ran.status.slice(1).replaceAll('-', ' ')}${code}${said === '' ? '' : `: ${said}`}`
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? ''
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
