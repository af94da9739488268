/** More than any line shows; what searches for pairs of marks must not search a whole book. */
const longest = 1_000

/** Stands for code while the marks around it go: what is code is no mark. */
const standIn = '\uFFFC'

/** A fence, to the end of the text where none closes it, or a span of one line between as many backticks; or the stand-in itself. */
const code =
  /^[\t ]*(`{3,}|~{3,})(?:[\t ]*[^\s`]+[\t ]*$)?([^`\n]*$[\s\S]*?)(?:^[\t ]*\1[`~]*[\t ]*$|(?![\s\S]))|(?<!`)(`+)(?!`)(.+?)(?<!`)\3(?!`)|\uFFFC/gm

/** The beginning of a Markdown text as one would read it aloud, for where it stands in one line: its words, without its marks. */
export function plainWords(markdown: string): string {
  const codes: string[] = []
  const keep = (whole: string, _fence: unknown, block?: string, _ticks?: unknown, span?: string) => {
    codes.push(block ?? span ?? whole)
    return standIn
  }
  return markdown
    .slice(0, longest)
    .replace(code, keep)
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/^\|?[\t ]*:?-+:?[\t ]*(?:\|[\t ]*:?-+:?[\t ]*)+\|?[\t ]*$/gm, '')
    .replace(/^[\t ]*(?:-{3,}|\*{3,}|_{3,})[\t ]*$/gm, '')
    .replace(/!?\[([^\]\n]*)\]\([^)\n\uFFFC]*\)/g, '$1')
    .replace(/(\*\*|__)(\S(?:[^\n]*?\S)?)\1/g, '$2')
    .replace(/(?<![\w*])\*(\S(?:[^*\n]*?\S)?)\*(?![\w*])/g, '$1')
    .replaceAll(standIn, () => codes.shift() ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}
