import type { ImportAction } from '#shared/templates/contract.ts'
import type { ImportPlan, PlannedWorkspace } from '#shared/templates/plan.ts'

/** `planned`: nothing was written yet; `applied`: it was. */
export type Tense = 'planned' | 'applied'

const marks: Record<ImportAction, string> = { create: '+', update: '~', keep: '=' }

/** A plan for a terminal: the org chart with what happens to each workspace, then warnings and errors in full. */
export function describePlan(plan: ImportPlan, tense: Tense): string {
  const lines = plan.workspaces.map(describeWorkspace)
  const isRefused = plan.errors.length > 0
  const title = isRefused ? 'Nothing was imported' : tense === 'planned' ? 'Plan (nothing was changed)' : 'Imported'
  return [
    `${title}: ${visible(plan.org || 'a template without a name')}`,
    ...(lines.length > 0 ? ['', ...lines, '', count(plan.workspaces, tense)] : []),
    ...section('Warning', plan.warnings),
    ...section('Error', plan.errors),
  ].join('\n')
}

function describeWorkspace({ templatePath, name, action, declared }: PlannedWorkspace): string {
  const indent = '  '.repeat(templatePath.split('/').length)
  const extras = [
    listed('plugins', declared.plugins),
    listed(
      'schedules',
      declared.schedules.map((schedule) => schedule.name),
    ),
    listed(
      'channels',
      declared.channels.map((channel) => channel.type),
    ),
  ].filter(Boolean)
  const values = [declared.runtime, declared.model, `tier ${declared.tier}`].map(visible).join(' · ')
  const more = extras.length > 0 ? `\n${indent}    ${extras.join('; ')}` : ''
  return `${indent}${marks[action]} ${visible(name)}  (${action}; ${values})${more}`
}

function listed(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${title}: ${items.map(visible).join(', ')}`
}

function count(workspaces: readonly PlannedWorkspace[], tense: Tense): string {
  const of = (action: ImportAction) => workspaces.filter((workspace) => workspace.action === action).length
  if (tense === 'planned') return `${of('create')} to create, ${of('update')} to update, ${of('keep')} to keep.`
  return `${of('create')} created, ${of('update')} updated, ${of('keep')} kept.`
}

function section(title: string, sentences: readonly string[]): string[] {
  if (sentences.length === 0) return []
  return [
    '',
    sentences.length === 1 ? `${title}:` : `${sentences.length} ${title.toLowerCase()}s:`,
    ...sentences.map((one) => `  - ${visible(one)}`),
  ]
}

/** Names come from strangers' files: nothing in them may steer the terminal or turn the line around. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '·')
}
