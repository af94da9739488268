/** Simple words of a prompt that the rehearsal model follows, so that editing a prompt shows without a key. */
export type Instructions = {
  maxSentences: number | null
  maxWords: number | null
  asList: boolean
  inCapitals: boolean
  startWith: string | null
  endWith: string | null
}

export const followed =
  '"at most 2 sentences", "at most 20 words", "as a list", "in capitals", "start with: …", "end with: …"'

export function readInstructions(prompt: string): Instructions {
  return {
    maxSentences: limitOf(prompt, 'sentence'),
    maxWords: limitOf(prompt, 'word'),
    asList: /\b(as|in|use|with)\s+(a\s+)?(bullet(ed)?[ -]?(list|points?)|bullets|list)\b/i.test(prompt),
    inCapitals: /\bin\s+(all\s+)?(capitals|capital letters|upper\s?case)\b/i.test(prompt),
    startWith: quoted(prompt, 'start|begin|open'),
    endWith: quoted(prompt, 'end|finish|close|sign off'),
  }
}

/** The answer as the prompt asked for it. The same words and instructions give the same answer. */
export function follow(told: Instructions, answer: string): string {
  let text = answer
  if (told.maxSentences !== null) text = sentencesOf(text).slice(0, told.maxSentences).join('').trim()
  if (told.maxWords !== null) text = firstWords(text, told.maxWords)
  if (told.asList) text = toList(text)
  text = [told.startWith, text, told.endWith].filter((part) => part !== null && part !== '').join('\n\n')
  return told.inCapitals ? text.toUpperCase() : text
}

const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

function limitOf(prompt: string, what: 'sentence' | 'word'): number | null {
  const limit = new RegExp(
    String.raw`\b(?:at most|no more than|not more than|up to|within|maximum of|max\.?|in)\s+(\d{1,4}|${numbers.join('|')})\s+(?:short\s+)?${what}s?\b`,
    'i',
  )
  const said = limit.exec(prompt)?.[1]?.toLowerCase()
  if (said === undefined) return null
  const named = numbers.indexOf(said) + 1
  return Math.max(named || Number.parseInt(said, 10), 1)
}

/** After a colon or in quotes; else they are words about the answer and not of it. */
function quoted(prompt: string, verbs: string): string | null {
  const said = new RegExp(
    String.raw`\b(?:${verbs})(?: (?:each|every|your|the) (?:answer|reply))?(?: it)? with(?:\s*:?\s*["“]([^"”\n]{1,200})["”]|\s*:\s*([^\n]{1,200}))`,
    'i',
  ).exec(prompt)
  return (said?.[1] ?? said?.[2])?.trim() || null
}

function sentencesOf(text: string): string[] {
  return text.match(/[\s\S]+?(?:[.!?]+(?=\s|$)|$)\s*/g) ?? []
}

function firstWords(text: string, count: number): string {
  const all = text.match(/\s*\S+/g) ?? []
  return all.length <= count ? text : `${all.slice(0, count).join('').trim()}…`
}

function toList(text: string): string {
  const lines = text.split('\n').flatMap((line) => (/^\s*[-*•]/.test(line) ? [line] : sentencesOf(line)))
  return lines
    .map((line) => line.trim().replace(/^[-*•]\s*/, ''))
    .filter(Boolean)
    .map((line) => `- ${line}`)
    .join('\n')
}
