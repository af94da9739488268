/** The names that a text refers to as `${NAME}` or `$NAME`; "$5" refers to nothing. */
export function referencesIn(text: string): string[] {
  const found = text.matchAll(/\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g)
  return [...found].map((match) => match[1] ?? match[2] ?? '')
}

/** The names an .env file gives a value; the values are never looked at further. */
export function namesInEnvFile(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line)
    const value = match?.[2] ?? ''
    return match?.[1] && value !== '' && value !== '""' && value !== "''" ? [match[1]] : []
  })
}
