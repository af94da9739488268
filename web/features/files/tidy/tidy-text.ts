import { parse as parseYaml } from 'yaml'
import type { CodeLanguage } from '../../../ui/code-editor-props.ts'

const options = {
  proseWrap: 'preserve',
  embeddedLanguageFormatting: 'off',
  printWidth: 120,
  singleQuote: true,
} as const

/** Which texts can be put in order. */
function canTidy(language: CodeLanguage): boolean {
  return language === 'markdown' || language === 'yaml' || language === 'json'
}

/**
 * The text in order: spaces, blank lines, marks of lists. What it means stays the same, and comments with it; where that is not
 * certain, or it cannot be read, the text comes back as it was. The formatter is fetched at the first call.
 */
export async function tidyText(text: string, language: CodeLanguage): Promise<string> {
  if (!canTidy(language) || text.trim() === '') return text
  try {
    const tidied = await format(text, language)
    return meansTheSame(text, tidied, language) ? tidied : text
  } catch {
    // Half-written text is saved as it stands.
    return text
  }
}

async function format(text: string, language: CodeLanguage): Promise<string> {
  const { format: print } = await import('prettier/standalone')
  switch (language) {
    case 'markdown':
      return await print(text, { ...options, parser: 'markdown', plugins: [await import('prettier/plugins/markdown')] })
    case 'yaml':
      return await print(text, { ...options, parser: 'yaml', plugins: [await import('prettier/plugins/yaml')] })
    case 'json': {
      const [babel, estree] = await Promise.all([import('prettier/plugins/babel'), import('prettier/plugins/estree')])
      return await print(text, { ...options, parser: 'json', plugins: [babel, estree.default] })
    }
    default:
      return text
  }
}

function meansTheSame(before: string, after: string, language: CodeLanguage): boolean {
  switch (language) {
    case 'yaml':
      return sameData(parseYaml(before), parseYaml(after)) && sameWords(comments(before), comments(after))
    case 'json':
      return sameData(JSON.parse(before), JSON.parse(after))
    default:
      // Of prose, every letter and digit stays in its place.
      return words(before) === words(after)
  }
}

function sameData(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function comments(text: string): string[] {
  return [...text.matchAll(/(?:^|[ \t])#[^\n]*/gm)].map(([comment]) => comment.trim())
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at])
}

/** Ordered lists may be numbered anew, so of numbers before a dot nothing is held. */
function words(text: string): string {
  return text.replaceAll(/^[ \t]*\d+[.)]/gm, '').replaceAll(/[^\p{L}\p{N}{}]+/gu, '')
}
