/** Shorter values would be found everywhere by chance. */
export const shortestRedacted = 6
/** Numbers, and words with separators, below these lengths are ordinary speech. */
const shortestNumber = 12
const shortestWords = 24

const everyday = new Set(['administrator', 'changemeplease', 'notapplicable', 'not-applicable', 'placeholder'])
const ourOwnId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * May every occurrence of this value be masked? Values that also turn up by chance (short ones, small numbers, plain words,
 * ids of this product) are kept as secrets but not masked; whoever sets one is to be told so.
 */
export function canBeRedacted(value: string): boolean {
  return whyNotRedacted(value) === null
}

/** In words for who sets the value, or null where it will be masked. */
export function whyNotRedacted(value: string): string | null {
  const plain = value.trim()
  if (plain.length < shortestRedacted) return `It has fewer than ${shortestRedacted} characters.`
  if (new Set(plain).size < 3) return 'It repeats the same characters.'
  if (/^[\d.,:\s-]+$/.test(plain) && plain.length < shortestNumber) return 'It is a short number.'
  if (ourOwnId.test(plain)) return 'It looks like an id of Delegraph.'
  if (everyday.has(plain.toLowerCase()) || (plain.length < shortestWords && isWords(plain)))
    return 'It is made of ordinary words.'
  return null
}

/** `production`, `claude-sonnet-4-5`, `delegation.started`: letters and small numbers between separators. */
function isWords(value: string): boolean {
  return value.split(/[^\p{L}\d]+/u).every((piece) => /^(\p{Lu}?\p{Ll}*|\p{Lu}*|\d{1,4})$/u.test(piece))
}
