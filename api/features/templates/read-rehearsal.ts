import { RehearsalScript } from '#shared/delegations/rehearsal-script.ts'
import type { TemplateFolder } from './template-folder.ts'
import { maxNodes, type Places, placeAt, type Report, yamlData } from './yaml-data.ts'

const file = 'rehearsal.yaml'

/** The text of the template's rehearsal script, '' where it has none. A script that does not hold is reported. */
export function readRehearsal(folder: TemplateFolder, report: Report): string {
  const top = { file, line: 1, column: 1 }
  const found = folder.find('', file, 'file')
  if ('refused' in found) {
    if (found.refused !== 'there is no such file') report(top, `${file} ${found.refused}.`)
    return ''
  }
  const read = folder.read(found.path)
  if ('refused' in read) {
    report(top, `${file} ${read.refused}.`)
    return ''
  }
  const places: Places = new WeakMap()
  const include: (reference: string, at: typeof top) => undefined = (_, at) => {
    report(at, 'A rehearsal script includes nothing.')
  }
  const data = yamlData(file, read.text, { places, report, include, nodesLeft: maxNodes })
  if (data === undefined) return ''
  const parsed = RehearsalScript.safeParse(data)
  for (const issue of parsed.error?.issues ?? []) {
    const name = issue.path.map(String).join('.')
    report(placeAt(data, issue.path, places, top), `${name}: ${issue.message}`)
  }
  return parsed.success ? read.text : ''
}
