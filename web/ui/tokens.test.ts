import { expect, test } from 'vitest'
import css from './tokens.css?raw'

const text = [
  'fg',
  'fg-2',
  'fg-3',
  'accent',
  'state-idle',
  'state-working',
  'state-waiting',
  'state-completed',
  'state-failed',
]
const grounds = ['surface', 'surface-2', 'surface-3']

test.each(['light', 'dark', 'contrast'])('every text colour reads on every surface in the %s theme', (theme) => {
  const token = tokensOf(theme)
  const tooFaint = text.flatMap((ink) =>
    grounds
      .map((ground) => ({ pair: `${ink} on ${ground}`, ratio: contrast(token(ink), token(ground)) }))
      .filter(({ ratio }) => ratio < least(theme)),
  )
  expect(tooFaint).toEqual([])
})

test.each(['light', 'dark', 'contrast'])('words on tinted grounds read in the %s theme', (theme) => {
  const token = tokensOf(theme)
  const pairs = [
    ['on-accent', 'accent'],
    ['on-accent', 'accent-hover'],
    ['accent', 'accent-soft'],
    ['state-waiting', 'waiting-soft'],
    ['state-completed', 'completed-soft'],
    ['state-failed', 'failed-soft'],
    ['fg-2', 'failed-soft'],
    ...[0, 1, 2, 3, 4, 5].map((person) => ['on-person', `person-${person}`]),
    ...['comment', 'keyword', 'string', 'number', 'type'].map((kind) => [`code-${kind}`, 'surface']),
  ] as const
  const tooFaint = pairs.filter(([ink = '', ground = '']) => contrast(token(ink), token(ground)) < least(theme))
  expect(tooFaint).toEqual([])
})

/** What WCAG asks for at AA, and of the theme for those who need more, at AAA. */
function least(theme: string): number {
  return theme === 'contrast' ? 7 : 4.5
}

function tokensOf(theme: string): (name: string) => string {
  const block = theme === 'light' ? css : (css.split(`:root[data-theme="${theme}"]`)[1] ?? '')
  return (name) => {
    const value = new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(block)?.[1]
    if (value === undefined) throw new Error(`tokens.css has no colour --${name} in the ${theme} theme.`)
    return value
  }
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
