import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { Bundle } from '#shared/templates/bundle.ts'
import type { FolderFile } from '#shared/templates/import.ts'
import type { TemplateFolder } from './folder.ts'
import { givenFolder } from './given-folder.ts'

/** A tree deeper than any chart is refused before it is walked. */
const maxNesting = 400

/** A bundle laid out as the folder of a template, so that it is read, checked and compared as every other. */
export function bundleFolder(name: string, text: string): TemplateFolder {
  const bundle = parseBundle(name, text)
  const files: FolderFile[] = []
  const org = { name: bundle.name, ...(bundle.description && { description: bundle.description }) }
  const workspaces = [layOut(bundle, files, { next: 1 })]
  // JSON is YAML too.
  return givenFolder([...files, { path: 'org.yaml', text: JSON.stringify({ ...org, workspaces }, null, 2) }])
}

function parseBundle(name: string, text: string): Bundle {
  const json = parseJson(name, text)
  if (nesting(text) > maxNesting) throw refused(name, 'it is nested too deeply')
  const parsed = Bundle.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const at = issue?.path.map(String).join('.')
  throw refused(name, [at, issue?.message].filter(Boolean).join(': '))
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('bad-input', `${name} is not JSON.`, {
      fix: 'Export the bundle again and drop that file.',
      cause,
    })
  }
}

function refused(name: string, why: string): AppError {
  return new AppError('bad-input', `${name} is not a bundle we can read (${why}).`, {
    fix: 'Use a .bundle.json as an export gives it, or the folder with org.yaml.',
  })
}

/** How deep brackets go, those in texts included: a bound, not a measure. */
function nesting(text: string): number {
  let depth = 0
  let deepest = 0
  for (const sign of text) {
    if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++depth)
    if (sign === '}' || sign === ']') depth -= 1
  }
  return deepest
}

function layOut(bundle: Bundle, files: FolderFile[], counter: { next: number }): Record<string, unknown> {
  const dir = `workspace-${counter.next++}`
  const texts: Record<string, string> = {
    ...bundle.prompts,
    ...Object.fromEntries(
      (bundle.skills ?? []).flatMap(({ id, files: inside }) =>
        Object.entries(inside).map(([path, text]) => [`skills/${id}/${path}`, text]),
      ),
    ),
    ...bundle.files,
    ...(bundle.config !== undefined && { [configPath]: bundle.config }),
    ...(bundle.system_prompt && { [promptPath]: bundle.system_prompt }),
  }
  for (const [path, text] of Object.entries(texts)) files.push({ path: `${dir}/${path}`, text })
  return {
    ...{ name: bundle.name, files_dir: dir, files: 'all' },
    ...given('role', bundle.description),
    ...given('tier', bundle.tier),
    ...given('model', bundle.model),
    ...given('runtime', bundle.runtime),
    ...given('max_concurrent_tasks', bundle.max_concurrent_tasks),
    ...given('canvas', bundle.canvas),
    children: (bundle.sub_workspaces ?? []).map((child) => layOut(child, files, counter)),
  }
}

function given(field: string, value: unknown): Record<string, unknown> {
  return value === null || value === undefined || value === '' ? {} : { [field]: value }
}
