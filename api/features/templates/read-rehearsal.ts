import type { TemplateFolder } from './template-folder.ts'

const file = 'rehearsal.yaml'

/** The text of the template's rehearsal script, '' where it has none. A script that does not hold is named as an error. */
export function readRehearsal(folder: TemplateFolder, errors: string[]): string {
  const found = folder.find('', file, 'file')
  if ('refused' in found) {
    if (found.refused !== 'there is no such file') errors.push(`${file} ${found.refused}.`)
    return ''
  }
  const read = folder.read(found.path)
  if ('text' in read) return read.text
  errors.push(`${file} ${read.refused}.`)
  return ''
}
