/** What the arguments of a call hold; the text itself where they are no JSON. Of those that were cut, all there is. */
export function readArgs(args: string): unknown {
  return parse(args) ?? parse(closed(args)) ?? args
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** The beginning of a JSON text with its open string, lists and objects ended. */
function closed(text: string): string {
  const open: ('}' | ']')[] = []
  let isString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (isString) {
      if (char === '\\') at += 1
      else if (char === '"') isString = false
    } else if (char === '"') isString = true
    else if (char === '{') open.push('}')
    else if (char === '[') open.push(']')
    else if (char === '}' || char === ']') open.pop()
  }
  // Of a number that was cut the rest could be more: it is shown as the text it is.
  if (!isString && /[\w.+-]$/.test(text)) return text
  // An escape that was cut in the middle stands for nothing.
  const begun = isString ? `${text.replace(/(?<!\\)((?:\\\\)*)\\(?:u[\da-fA-F]{0,3})?$/, '$1')}"` : text
  return begun + open.reverse().join('')
}
