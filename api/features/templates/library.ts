import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LibraryAbout, type LibraryEntry } from '#shared/templates/library.ts'
import { parseYaml } from '../../kernel/yaml.ts'
import type { TemplateFolder } from './folder.ts'
import { readTemplateFrom } from './read-template.ts'
import { triesOf } from './show-plan.ts'
import { openTemplateFolder } from './template-folder.ts'

const root = join(import.meta.dirname, 'library')
let entries: readonly LibraryEntry[] | undefined

/** The templates that ship with the product, in the order of their cards. Read once: they change with a release only. */
export function listLibrary(): readonly LibraryEntry[] {
  entries ??= readdirSync(root)
    .filter((slug) => existsSync(join(root, slug, 'org.yaml')))
    .map(readEntry)
    .sort((a, b) => a.rank - b.rank)
  return entries
}

/** Undefined for a name that is not of the list; nothing a client sends becomes a path. */
export function libraryFolder(slug: string): TemplateFolder | undefined {
  const known = listLibrary().find((entry) => entry.slug === slug)
  return known && openTemplateFolder(join(root, known.slug))
}

function readEntry(slug: string): LibraryEntry {
  const dir = join(root, slug)
  const template = readTemplateFrom(openTemplateFolder(dir))
  if (template.errors.length > 0) throw new Error(`the template ${slug} does not hold: ${template.errors.join(' ')}`)
  const about = LibraryAbout.parse(valueIn(readFileSync(join(dir, 'about.yaml'), 'utf8')))
  return {
    ...{ slug, name: template.name, description: template.declared.description.trim(), ...about },
    workspaces: template.workspaces.map(({ path, declared }) => ({ path: [...path], role: declared.role })),
    keys: [
      ...new Set(
        template.workspaces.flatMap(({ declared }) => declared.requiredEnv.map((names) => names.join(' or '))),
      ),
    ],
    tries: [...triesOf(template.rehearsal), ...about.tries],
  }
}

function valueIn(text: string): unknown {
  const yaml = parseYaml(text)
  return yaml.ok ? yaml.value : undefined
}
