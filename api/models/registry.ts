import type { LanguageModelV4 } from '@ai-sdk/provider'
import { AppError } from '#shared/kernel/app-error.ts'
import { rehearsalModel } from './rehearsal/rehearsal-model.ts'

/** Is this model's part played by the rehearsal model? An org with the rehearsal switch on plays every part. */
export function isRehearsed(model: string, orgRehearses: boolean): boolean {
  return orgRehearses || model === 'rehearsal' || model.startsWith('rehearsal:')
}

/** The model to call; throws `unavailable` in words for the trace where there is none. */
export function languageModel(model: string, rehearses: boolean): LanguageModelV4 {
  if (isRehearsed(model, rehearses)) return rehearsalModel
  const provider = model.includes(':') ? model.slice(0, model.indexOf(':')) : model
  throw new AppError('unavailable', `No provider for ${provider} is configured, so ${model} cannot be called.`, {
    fix: 'Set the model to "rehearsal", or turn the rehearsal switch of the organisation on.',
  })
}

/** Is there anybody to ask? */
export function isCallable(model: string, rehearses: boolean): boolean {
  try {
    languageModel(model, rehearses)
    return true
  } catch {
    return false
  }
}
