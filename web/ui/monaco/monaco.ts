import './features.ts'
import 'monaco-editor/languages/definitions/javascript/register'
import 'monaco-editor/languages/definitions/markdown/markdown.js'
import 'monaco-editor/languages/definitions/markdown/register'
import 'monaco-editor/languages/definitions/python/register'
import 'monaco-editor/languages/definitions/typescript/register'
import 'monaco-editor/languages/definitions/yaml/register'
import 'monaco-editor/languages/features/json/register'
import * as monaco from 'monaco-editor/editor'
import { followTheme } from './theme.ts'
import { serveOwnWorkers } from './workers.ts'

serveOwnWorkers()
followTheme(monaco.editor)
// Measured before the font is there, every column would be off.
document.fonts.ready.then(() => monaco.editor.remeasureFonts())

export { monaco }

/** What every editor of ours has in common. */
export const commonOptions = {
  automaticLayout: true,
  fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
  fontSize: 13,
  lineHeight: 20,
  fontLigatures: false,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 12,
  glyphMargin: false,
  renderFinalNewline: 'on',
  bracketPairColorization: { enabled: false },
  folding: false,
  padding: { top: 12, bottom: 12 },
  scrollbar: {
    verticalScrollbarSize: 10,
    horizontalScrollbarSize: 10,
    useShadows: false,
    alwaysConsumeMouseWheel: false,
  },
  stickyScroll: { enabled: false },
  smoothScrolling: false,
  fixedOverflowWidgets: true,
  unicodeHighlight: { ambiguousCharacters: false },
  tabSize: 2,
  guides: { indentation: false },
} as const satisfies monaco.editor.IEditorOptions & monaco.editor.IGlobalEditorOptions
