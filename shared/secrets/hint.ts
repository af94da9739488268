const dots = '••••'
const longEnough = 12
const shown = 4

/** What is shown of a value: of a long one its last four characters, of a short one nothing. */
export function hintOf(value: string): string {
  const characters = [...value]
  if (characters.length < longEnough) return dots
  const end = characters.slice(-shown).join('')
  return /^[\x21-\x7e]+$/.test(end) ? `${dots}${end}` : dots
}
