import type { CodeLanguage } from '#web/ui/code-editor-props.ts'

const languages: Readonly<Record<string, CodeLanguage>> = {
  ...{ md: 'markdown', yaml: 'yaml', yml: 'yaml', json: 'json', py: 'python' },
  ...{ ts: 'typescript', mts: 'typescript', js: 'javascript', mjs: 'javascript' },
}

export function codeLanguageOf(path: string): CodeLanguage {
  return languages[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'plaintext'
}
