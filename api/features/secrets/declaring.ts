import type { Declaring } from '#shared/secrets/needs.ts'
import { isRehearsed } from '../../models/registry.ts'
import type { DeclaringRow } from './need-store.ts'

export function declaringOf({ model, rehearses, config, template }: DeclaringRow): Declaring {
  return { model, isRehearsed: isRehearsed(model, rehearses), config, template }
}
