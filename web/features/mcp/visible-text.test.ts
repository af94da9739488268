import { expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

test('what a model reads and no eye sees is shown by its number', () => {
  expect(visibleText('Tells\u{E0041}\u{E007F}')).toBe('Tells\\u{E0041}\\u{E007F}')
  expect(visibleText('a\u200Bb\u202Ec\u2066d\uFEFF')).toBe('a\\u{200B}b\\u{202E}c\\u{2066}d\\u{FEFF}')
  expect(visibleText('x\uFE01y\u{E0101}z\u3164')).toBe('x\\u{FE01}y\\u{E0101}z\\u{3164}')
  expect(visibleText('\u001B[2K\r')).toBe('\\u{1B}[2K\\u{D}')
})

test('ordinary words of any language stay as they are', () => {
  for (const text of ['Two\nlines\tand é, ñ', '天気を教えます', 'الطقس', '🌦']) expect(visibleText(text)).toBe(text)
})
