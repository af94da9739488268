/** What is drawn as nothing or turns the order of what is drawn: format and control characters, fillers, variation selectors. */
const hidden = /(?![\n\t])[\p{Cf}\p{Cc}\p{Co}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u{2800}]/gu

/** A text whose every character can be seen, for whoever approves it: a model reads the hidden ones too. */
export function visibleText(text: string): string {
  return text.replaceAll(hidden, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`)
}
