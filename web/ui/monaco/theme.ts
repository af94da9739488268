import type { editor as MonacoEditorApi } from 'monaco-editor/editor'

type Themes = Pick<typeof MonacoEditorApi, 'defineTheme' | 'setTheme'>

/** Draws the editor with the page's own tokens, and again whenever the page's theme changes. */
export function followTheme(editor: Themes): void {
  const apply = () => {
    const isDark = document.documentElement.dataset.theme === 'dark'
    const name = isDark ? 'delegraph-dark' : 'delegraph-light'
    editor.defineTheme(name, themeFromTokens(isDark))
    editor.setTheme(name)
  }
  apply()
  new MutationObserver(apply).observe(document.documentElement, { attributeFilter: ['data-theme'] })
}

function themeFromTokens(isDark: boolean): MonacoEditorApi.IStandaloneThemeData {
  const styles = getComputedStyle(document.documentElement)
  const token = (name: string) => styles.getPropertyValue(`--${name}`).trim()
  const ink = (name: string) => token(name).slice(1)
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
      'editor.background': token('surface'),
      'editor.foreground': token('fg'),
      'editorLineNumber.foreground': token('fg-3'),
      'editorLineNumber.activeForeground': token('fg'),
      'editorCursor.foreground': token('accent'),
      'editor.selectionBackground': token('code-selection'),
      'editor.inactiveSelectionBackground': token('code-line'),
      'editor.lineHighlightBackground': token('code-line'),
      'editor.lineHighlightBorder': '#00000000',
      'editorBracketMatch.background': token('code-selection'),
      'editorBracketMatch.border': '#00000000',
      'editorWidget.background': token('surface-2'),
      'editorWidget.border': token('line-2'),
      'editorHoverWidget.background': token('surface-2'),
      'editorHoverWidget.border': token('line-2'),
      'editorSuggestWidget.background': token('surface-2'),
      'editorSuggestWidget.border': token('line-2'),
      'editorSuggestWidget.selectedBackground': token('accent-soft'),
      'editorSuggestWidget.selectedForeground': token('fg'),
      'editorSuggestWidget.highlightForeground': token('accent'),
      'editorSuggestWidget.focusHighlightForeground': token('accent'),
      'editorError.foreground': token('state-failed'),
      'editorWarning.foreground': token('state-waiting'),
      'input.background': token('surface'),
      'input.border': token('line-2'),
      focusBorder: token('accent'),
      'widget.shadow': '#00000033',
      'scrollbarSlider.background': token('line-2'),
      'scrollbarSlider.hoverBackground': token('line-2'),
      'scrollbarSlider.activeBackground': token('line-2'),
      'diffEditor.insertedLineBackground': token('completed-soft'),
      'diffEditor.insertedTextBackground': `${token('state-completed')}33`,
      'diffEditor.removedLineBackground': token('failed-soft'),
      'diffEditor.removedTextBackground': `${token('state-failed')}33`,
      'diffEditor.diagonalFill': token('line'),
      'diffEditor.border': token('line'),
    },
  }
}
