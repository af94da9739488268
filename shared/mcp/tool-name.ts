/** The longest name all providers of models take. */
export const maxToolNameChars = 64

/**
 * How agents call a tool of a server: `github__create_issue`. Characters that providers of models refuse become underscores;
 * what would be too long is cut and told apart by a number made of the whole.
 */
export function toolName(server: string, tool: string): string {
  const plain = `${server}__${tool.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`
  if (plain.length <= maxToolNameChars && plain.endsWith(`__${tool}`)) return plain
  const mark = checksum(tool)
  return `${plain.slice(0, maxToolNameChars - mark.length - 1)}_${mark}`
}

/** FNV-1a, in base 36: it only tells names apart. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(36)
}
