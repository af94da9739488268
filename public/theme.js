// Runs before the first paint, so that a dark room never flashes white. The app's theme.ts takes over later.
;(() => {
  let choice = 'system'
  try {
    choice = JSON.parse(localStorage.getItem('delegraph.theme') ?? '"system"')
  } catch {
    // A forbidden or broken storage means the system's theme.
  }
  const likes = (query) => matchMedia(query).matches
  const dark = likes('(prefers-contrast: more)') ? 'contrast' : 'dark'
  const system = likes('(prefers-color-scheme: dark)') ? dark : 'light'
  document.documentElement.dataset.theme = ['light', 'dark', 'contrast'].includes(choice) ? choice : system
})()
