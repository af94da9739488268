import { framePage } from '../server/frame-page.ts'

// Run by Node itself: a test runner rewrites `import()` inside functions, and the page ships functions as their text.
process.stdout.write(framePage())
