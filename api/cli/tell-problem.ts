import { inspect } from 'node:util'
import { AppError } from '#shared/kernel/app-error.ts'
import { redactAll } from '../kernel/redact/redactor-of.ts'

/** Says on stderr what went wrong and what to do, and sets the exit code. Only a defect shows its stack. */
export function tellProblem(error: unknown): void {
  process.exitCode = 1
  if (!(error instanceof AppError)) {
    console.error(redactAll(inspect(error)))
    return
  }
  const field = error.field && /^(port|host|data-dir)$/.test(error.field) ? `--${error.field}: ` : ''
  console.error(`\n  ${field}${error.message}`)
  if (error.fix) console.error(`  → ${error.fix.replaceAll('\n', '\n    ')}`)
  console.error()
}
