import type { Palette } from './protocol.ts'

/** The theme's colours, as a canvas wants them. */
function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(name).trim()
  return {
    surface: color('--canvas'),
    raised: color('--raised'),
    text: color('--fg'),
    edge: `${color('--fg-3')}80`,
    dot: color('--line'),
    accent: color('--accent'),
    idle: color('--state-idle'),
    working: color('--state-working'),
    waiting: color('--state-waiting'),
    completed: color('--state-completed'),
    failed: color('--state-failed'),
  }
}

/** Tells the palette now and whenever the theme changes. */
export function watchPalette(tell: (palette: Palette) => void): () => void {
  tell(readPalette())
  const observer = new MutationObserver(() => tell(readPalette()))
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  return () => observer.disconnect()
}
