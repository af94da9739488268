/** A memory is handed to agents as `[MEMORY …] text`; a text that says so itself must not pass for another one. */
export function escapeDelimiter(text: string): string {
  return text.replace(/\[(?=\s*MEMORY\b)/gi, '[_')
}
