const clock = /\/monaco-editor\/esm\/vs\/base\/browser\/performance\.js$/

/** Monaco times each key for whoever asks, with a dozen entries in the page's own records; nobody here asks. */
export function unmeasuredMonaco() {
  return {
    name: 'unmeasured-monaco',
    enforce: 'pre',
    load(id) {
      if (!clock.test(id)) return undefined
      const told = ['onKeyDown', 'onBeforeInput', 'onInput', 'onKeyUp', 'onSelectionChange', 'onRenderStart']
      return `export const inputLatency = { ${told.map((name) => `${name}() {}`).join(', ')} }`
    },
  }
}
