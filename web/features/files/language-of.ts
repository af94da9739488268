import type { CodeLanguage } from '../../ui/code-editor-props.ts'

const languages: Record<string, CodeLanguage> = {
  md: 'markdown',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  ts: 'typescript',
  js: 'javascript',
  mjs: 'javascript',
  py: 'python',
}

export function languageOf(path: string): CodeLanguage {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return languages[ending] ?? 'plaintext'
}
