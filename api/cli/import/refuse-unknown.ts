import { AppError } from '#shared/kernel/app-error.ts'

/** A mistyped --plan must not become an import: what is neither the folder nor one of these options is refused. */
export function refuseUnknown(rawArgs: readonly string[], more: readonly string[], options: readonly string[]): void {
  const flags = options.map((name) => `--${name}`)
  const wrong = rawArgs.find((arg) => arg.startsWith('-') && !flags.includes(arg.split('=')[0] ?? '')) ?? more[0]
  if (wrong === undefined) return
  throw new AppError('bad-input', `${wrong} is not an option of import.`, {
    fix: `Use a folder and any of: ${flags.join(' ')}`,
  })
}
