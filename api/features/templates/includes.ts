import type { TemplateFolder } from './folder.ts'
import { maxNodes, type Place, type Places, type Report, type YamlReader, yamlData } from './yaml-data.ts'

const maxIncludeDepth = 16
const maxIncludes = 2_500

/** Reads a YAML file with everything it includes in place. Undefined when the file itself cannot be read as YAML. */
export function readWithIncludes(
  folder: TemplateFolder,
  file: string,
  report: Report,
): { data: unknown; places: Places } {
  const places: Places = new WeakMap()
  const budget = { includesLeft: maxIncludes, nodesLeft: maxNodes }

  function readOne(path: string, name: string, from: Place, above: readonly string[]): unknown {
    const found = folder.read(path)
    if ('refused' in found) {
      report(from, `${name} ${found.refused}.`)
      return undefined
    }
    const reader: YamlReader = {
      places,
      report,
      include: (reference, at) => include(reference, at, path, [...above, path]),
      get nodesLeft() {
        return budget.nodesLeft
      },
      set nodesLeft(left) {
        budget.nodesLeft = left
      },
    }
    return yamlData(path, found.text, reader)
  }

  function include(reference: string, at: Place, from: string, above: readonly string[]): unknown {
    const name = JSON.stringify(reference)
    const found = folder.find(folder.folderOf(from), reference, 'file')
    if ('refused' in found) {
      report(at, `Cannot include ${name}: ${found.refused}.`)
      return undefined
    }
    if (above.includes(found.path)) {
      report(at, `Cannot include ${name}: the files include each other (${[...above, found.path].join(' → ')}).`)
      return undefined
    }
    if (above.length > maxIncludeDepth) {
      report(at, `Cannot include ${name}: includes are nested deeper than ${maxIncludeDepth}.`)
      return undefined
    }
    budget.includesLeft -= 1
    if (budget.includesLeft === 0) report(at, `The template includes more than ${maxIncludes} files.`)
    return budget.includesLeft > 0 ? readOne(found.path, found.path, at, above) : undefined
  }

  return { data: readOne(file, file, { file, line: 1, column: 1 }, []), places }
}
