import { RehearsalScript } from '#shared/delegations/rehearsal-script.ts'
import type { ShownPlan } from '#shared/templates/import.ts'
import { type ImportPlan, namesIn, type Template } from '#shared/templates/plan.ts'
import { parseYaml } from '../../kernel/yaml.ts'

/** The plan for a page: what happens to each workspace, without the texts. */
export function showPlan(template: Template, plan: ImportPlan): ShownPlan {
  return {
    org: plan.org,
    description: template.declared.description.trim(),
    workspaces: plan.workspaces.map(({ templatePath, action, declared, writes }) => ({
      path: namesIn(templatePath),
      action,
      ...{ role: declared.role, runtime: declared.runtime, model: declared.model, tier: declared.tier },
      writes: writes.map(({ path }) => path),
    })),
    keys: plan.missingKeys.map(({ names, isRequired, users }) => ({
      names: [...names],
      isRequired,
      users: users === 'all' ? users : [...users],
    })),
    warnings: [...plan.warnings],
    errors: [...plan.errors],
    tries: triesOf(template.rehearsal),
  }
}

/** What its rehearsal script opens with, for a person to start. */
export function triesOf(rehearsal: string): ShownPlan['tries'] {
  if (rehearsal === '') return []
  const yaml = parseYaml(rehearsal)
  const script = yaml.ok ? RehearsalScript.safeParse(yaml.value).data : undefined
  return script?.opening ? [script.opening] : []
}
