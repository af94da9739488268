import type { ToolCall } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'

/** The arguments a model wrote; a refusal it can act upon where they are no JSON. */
export function parseArgs({ name, args }: ToolCall): unknown {
  try {
    return JSON.parse(args.trim() === '' ? '{}' : args)
  } catch (cause) {
    throw new AppError('bad-input', `The arguments of ${name} are not valid JSON.`, {
      fix: `Call ${name} again with one JSON object.`,
      cause,
    })
  }
}

const maxErrorChars = 4_000

/** The words of whatever failed, never empty, with what can be done about it. */
export function failureText(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  const fix = error instanceof AppError && error.fix ? ` ${error.fix}` : ''
  return plain(`${said.trim() || 'It failed without a word.'}${fix}`).slice(0, maxErrorChars)
}

/** Postgres keeps no NUL character in text or json. */
export function plain(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
