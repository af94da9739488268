import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type Bundle, bundleSchema } from '#shared/templates/bundle.ts'
import { type Exported, type ExportedWorkspace, isOfFields } from './load-export.ts'

/** One workspace with everything below it as a .bundle.json. No secrets, no memory, no work. */
export function exportBundle({ roots }: Exported): Bundle {
  const [root, ...others] = roots
  if (root && others.length === 0) return bundleOf(root)
  throw new AppError(
    'bad-input',
    'A bundle holds one workspace and what is below it; this organisation has several at the top.',
    {
      fix: 'Export one of them as a bundle, or the whole organisation as a .zip.',
    },
  )
}

function bundleOf({ name, role, config, position, files, children }: ExportedWorkspace): Bundle {
  const textOf = (path: string) => files.find((file) => file.path === path)?.text
  const [configText, prompt] = [textOf(configPath), textOf(promptPath)]
  const others = files.filter(({ path }) => !isOfFields(path))
  return {
    ...{ schema: bundleSchema, name, description: role },
    ...(typeof config.tier === 'number' && { tier: config.tier }),
    ...(typeof config.model === 'string' && { model: config.model }),
    ...(typeof config.runtime === 'string' && { runtime: config.runtime }),
    system_prompt: prompt ?? '',
    ...(configText !== undefined && { config: configText }),
    ...(others.length > 0 && { files: Object.fromEntries(others.map(({ path, text }) => [path, text])) }),
    ...(position && { canvas: position }),
    sub_workspaces: children.map(bundleOf),
  }
}
