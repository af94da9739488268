import { RehearsalScript } from '#shared/delegations/rehearsal-script.ts'
import { parseYaml } from '../../kernel/yaml.ts'
import type { TemplateFolder } from './folder.ts'
import type { Report } from './yaml-data.ts'

const file = 'rehearsal.yaml'

/** The text of the template's rehearsal script, '' where it has none. A script that does not hold is reported. */
export function readRehearsal(folder: TemplateFolder, report: Report): string {
  const found = folder.find('', file, 'file')
  if ('refused' in found && found.refused === 'there is no such file') return ''
  const read = 'refused' in found ? found : folder.read(found.path)
  if ('refused' in read) {
    report({ file, line: 1, column: 1 }, `${file} ${read.refused}.`)
    return ''
  }
  const yaml = parseYaml(read.text)
  if (!yaml.ok) {
    for (const { message, ...place } of yaml.problems) report({ file, ...place }, message)
    return ''
  }
  const script = RehearsalScript.safeParse(yaml.value)
  for (const { path, message } of script.error?.issues ?? []) {
    report({ file, ...yaml.placeOf(path) }, `${path.map(String).join('.')}: ${message}`)
  }
  return script.success ? read.text : ''
}
