/** Gives a colour token of the page as "#rrggbb" or "#rrggbbaa", for what CSS cannot draw (the editor, a canvas). */
export function readToken(name: string): string {
  return fullHex(getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim())
}

/** The build shortens colours where it can: "#fff" → "#ffffff". */
function fullHex(color: string): string {
  if (!/^#[0-9a-f]{3,4}$/i.test(color)) return color
  return `#${[...color.slice(1)].map((digit) => digit + digit).join('')}`
}
