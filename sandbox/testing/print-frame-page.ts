import { framePage, previewFramePage } from '../server/frame-page.ts'

// Run by Node itself: a test runner rewrites `import()` inside functions, and the pages ship functions as their text.
process.stdout.write(process.argv[2] === 'preview' ? previewFramePage() : framePage())
