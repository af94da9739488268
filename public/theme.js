// Runs before the first paint, so that a dark room never flashes white. The app's theme.ts takes over later.
;(() => {
  let choice = 'system'
  try {
    choice = JSON.parse(localStorage.getItem('delegraph.theme') ?? '"system"')
  } catch {
    // A forbidden or broken storage means the system's theme.
  }
  const isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
})()
