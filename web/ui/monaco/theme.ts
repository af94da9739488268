import type { editor as MonacoEditorApi } from 'monaco-editor/editor'
import { readToken } from '../read-token.ts'

type Themes = Pick<typeof MonacoEditorApi, 'defineTheme' | 'setTheme'>

/** Draws the editor with the page's own tokens, and again whenever the page's theme changes. */
export function followTheme(editor: Themes): void {
  const apply = () => {
    const isDark = document.documentElement.dataset.theme !== 'light'
    const name = isDark ? 'delegraph-dark' : 'delegraph-light'
    editor.defineTheme(name, themeFromTokens(isDark))
    editor.setTheme(name)
  }
  apply()
  new MutationObserver(apply).observe(document.documentElement, { attributeFilter: ['data-theme'] })
}

function themeFromTokens(isDark: boolean): MonacoEditorApi.IStandaloneThemeData {
  const ink = (name: string) => readToken(name).slice(1)
  return {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: ink('fg') },
      { token: 'comment', foreground: ink('code-comment') },
      { token: 'keyword', foreground: ink('code-keyword') },
      { token: 'keyword.md', foreground: ink('fg'), fontStyle: 'bold' },
      { token: 'strong', fontStyle: 'bold' },
      { token: 'emphasis', fontStyle: 'italic' },
      { token: 'variable.md', foreground: ink('code-type') },
      { token: 'string', foreground: ink('code-string') },
      { token: 'string.yaml', foreground: ink('fg') },
      { token: 'string.link.md', foreground: ink('accent') },
      { token: 'string.key.json', foreground: ink('code-type') },
      { token: 'string.value.json', foreground: ink('code-string') },
      { token: 'number', foreground: ink('code-number') },
      { token: 'regexp', foreground: ink('code-number') },
      { token: 'type', foreground: ink('code-type') },
      { token: 'type.identifier', foreground: ink('code-type') },
      { token: 'type.yaml', foreground: ink('code-keyword') },
      { token: 'tag', foreground: ink('code-keyword') },
      { token: 'delimiter', foreground: ink('fg-2') },
    ],
    colors: {
      'editor.background': readToken('surface'),
      'editor.foreground': readToken('fg'),
      'editorLineNumber.foreground': readToken('fg-3'),
      'editorLineNumber.activeForeground': readToken('fg'),
      'editorCursor.foreground': readToken('accent'),
      'editor.selectionBackground': readToken('code-selection'),
      'editor.inactiveSelectionBackground': readToken('code-line'),
      'editor.lineHighlightBackground': readToken('code-line'),
      'editor.lineHighlightBorder': '#00000000',
      'editorBracketMatch.background': readToken('code-selection'),
      'editorBracketMatch.border': '#00000000',
      'editorWidget.background': readToken('surface-2'),
      'editorWidget.border': readToken('line-2'),
      'editorHoverWidget.background': readToken('surface-2'),
      'editorHoverWidget.border': readToken('line-2'),
      'editorSuggestWidget.background': readToken('surface-2'),
      'editorSuggestWidget.border': readToken('line-2'),
      'editorSuggestWidget.selectedBackground': readToken('accent-soft'),
      'editorSuggestWidget.selectedForeground': readToken('fg'),
      'editorSuggestWidget.highlightForeground': readToken('accent'),
      'editorSuggestWidget.focusHighlightForeground': readToken('accent'),
      'editorError.foreground': readToken('state-failed'),
      'editorWarning.foreground': readToken('state-waiting'),
      'input.background': readToken('surface'),
      'input.border': readToken('line-2'),
      focusBorder: readToken('accent'),
      'widget.shadow': '#00000033',
      'scrollbarSlider.background': readToken('line-2'),
      'scrollbarSlider.hoverBackground': readToken('line-2'),
      'scrollbarSlider.activeBackground': readToken('line-2'),
      'diffEditor.insertedLineBackground': readToken('completed-soft'),
      'diffEditor.insertedTextBackground': `${readToken('state-completed')}33`,
      'diffEditor.removedLineBackground': readToken('failed-soft'),
      'diffEditor.removedTextBackground': `${readToken('state-failed')}33`,
      'diffEditor.diagonalFill': readToken('line'),
      'diffEditor.border': readToken('line'),
    },
  }
}
