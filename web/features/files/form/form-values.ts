import { type ConfigField, grantingLists } from '#shared/workspaces/config-fields.ts'
import type { ConfigProblem, ReadConfig } from '../help/read-config.ts'
import type { FieldItem, FieldValue } from './edit-yaml.ts'

/** What the form shows for a field: its text, also where the value does not hold. */
export function shownText({ value }: ReadConfig, { name, shape }: ConfigField): string {
  const written = value[name]
  if (written === undefined || written === null) return ''
  if (shape === 'model' && Array.isArray(written)) return written.map(String).join(', ')
  return typeof written === 'object' ? JSON.stringify(written) : String(written)
}

/** What a text typed into the form means for a field; nothing typed empties the field. */
export function meantBy({ value }: ReadConfig, { name, shape }: ConfigField, typed: string): FieldValue {
  if (typed === '') return undefined
  // Several models: the first, and those asked when it fails. A list stays one, so that its items keep their comments.
  if (shape === 'model' && (typed.includes(',') || Array.isArray(value[name])))
    return typed.split(',').map((name) => name.trim())
  if (shape === 'number') return /^-?\d{1,15}$/.test(typed.trim()) ? Number(typed) : typed
  return typed
}

/** A list as lines of the form: of `{any_of: [A, B]}` it says "A or B". */
export function shownItems({ value }: ReadConfig, { name }: ConfigField): string[] {
  const written = value[name]
  if (!Array.isArray(written)) return []
  return written.map((item: unknown) => {
    const anyOf = typeof item === 'object' && item !== null && 'any_of' in item ? item.any_of : undefined
    if (Array.isArray(anyOf)) return anyOf.map(String).join(' or ')
    return typeof item === 'object' ? JSON.stringify(item) : String(item)
  })
}

function itemMeantBy({ shape }: ConfigField, typed: string): FieldItem {
  const names = typed.split(/\s+or\s+/i).map((name) => name.trim())
  return shape === 'keys' && names.length > 1 ? { any_of: names } : typed.trim()
}

/** The list with other lines, where every line that stays keeps the value it had. */
export function itemsMeantBy(config: ReadConfig, field: ConfigField, lines: readonly string[]): FieldItem[] {
  const former = config.value[field.name]
  const shown = shownItems(config, field)
  return lines.map((line) => {
    const kept: unknown = Array.isArray(former) ? former[shown.indexOf(line)] : undefined
    return typeof kept === 'string' ? kept : itemMeantBy(field, line)
  })
}

/** What a list without items is written as: where its absence grants all it says none. */
export function noItems({ name }: ConfigField): FieldValue {
  return grantingLists.has(name) ? [] : undefined
}

/** Whether it says none where saying nothing would grant all. */
export function isNone({ value }: ReadConfig, { name }: ConfigField): boolean {
  const written = value[name]
  return grantingLists.has(name) && Array.isArray(written) && written.length === 0
}

/** What is wrong with a field, for its place in the form. */
export function problemOf({ problems }: ReadConfig, { name }: ConfigField): ConfigProblem | undefined {
  return problems.find(({ path }) => path[0] === name)
}

/** Problems of no field of the form. */
export function otherProblems({ problems }: ReadConfig, fields: readonly ConfigField[]): ConfigProblem[] {
  return problems.filter(({ path }) => !fields.some(({ name }) => name === path[0]))
}
