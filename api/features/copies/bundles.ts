import { stringify } from 'yaml'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { type Bundle, bundleSchema } from '#shared/templates/bundle.ts'
import type { Tree } from './read-trees.ts'

/** A copied team in the format of bundles, so that it can be kept as a file and read by others too. */
export function bundleOf({ name, role, position, files, below }: Tree): Bundle {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const config = texts.get(configPath)
  const prompt = texts.get(promptPath)
  texts.delete(configPath)
  texts.delete(promptPath)
  return {
    schema: bundleSchema,
    name,
    ...(role && { description: role }),
    ...(prompt !== undefined && { system_prompt: prompt }),
    ...(config !== undefined && { config }),
    ...(texts.size > 0 && { files: Object.fromEntries(texts) }),
    ...(position && { canvas: position }),
    ...(below.length > 0 && { sub_workspaces: below.map(bundleOf) }),
  }
}

/** What a bundle says is to be made; one of an older system has no config text, so it is written from its fields. */
export function treeOf(bundle: Bundle): Tree {
  const { name, description, model, canvas, config, system_prompt: prompt } = bundle
  const skills = (bundle.skills ?? []).flatMap(({ id, files }) =>
    Object.entries(files).map(([path, text]) => [`skills/${id}/${path}`, text] as const),
  )
  const texts = new Map<string, string>([
    ...Object.entries(bundle.prompts ?? {}),
    ...skills,
    ...Object.entries(bundle.files ?? {}),
  ])
  const written = config ?? configFrom(bundle)
  if (written !== undefined) texts.set(configPath, written)
  if (prompt) texts.set(promptPath, prompt)
  return {
    name: name.slice(0, 80),
    role: description ?? '',
    model: model ?? undefined,
    position: canvas ?? null,
    files: [...texts].map(([path, text]) => ({ path, text })),
    below: (bundle.sub_workspaces ?? []).map(treeOf),
  }
}

function configFrom(bundle: Bundle): string | undefined {
  const { description: role, model, runtime, tier, max_concurrent_tasks } = bundle
  const fields = Object.entries({ role, model, runtime, tier, max_concurrent_tasks }).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  )
  return fields.length > 0 ? stringify(Object.fromEntries(fields), { lineWidth: 0 }) : undefined
}
