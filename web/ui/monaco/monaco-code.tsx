import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { CodeEditorProps } from '../code-editor-props.ts'
import { Echo } from './echo.ts'
import { attachHelp } from './help.ts'
import { attachLineAct, LineActs, type LineMark } from './line-acts.tsx'
import { releaseModel, setModelText, takeModel } from './models.ts'
import { commonOptions, monaco } from './monaco.ts'
import { showCursors } from './shared-cursors.ts'
import { bindModel } from './shared-model.ts'

type Editor = monaco.editor.IStandaloneCodeEditor

export function MonacoCode(props: CodeEditorProps) {
  const { value, language, path, label, readOnly = false, yamlSchema, help, shared } = props
  const frame = useRef<HTMLDivElement>(null)
  const latest = useLatest(props)
  const editor = useRef<Editor | undefined>(undefined)
  const echo = useRef(new Echo())
  const [marks, setMarks] = useState<readonly LineMark[]>([])
  const relint = useRef<(() => void) | undefined>(undefined)

  useLayoutEffect(() => {
    if (!frame.current) return
    const made = createEditor(frame.current, () => latest.current)
    editor.current = made
    latest.current.onReady?.({
      focus: () => made.focus(),
      revealLine: (line) => {
        made.revealLineInCenterIfOutsideViewport(line)
        made.setPosition({ lineNumber: line, column: 1 })
      },
      caret: () => {
        const [model, at] = [made.getModel(), made.getPosition()]
        return model && at ? { text: model.getValue(), line: at.lineNumber } : undefined
      },
    })
    return () => {
      editor.current = undefined
      made.dispose()
    }
  }, [latest])

  useLayoutEffect(() => {
    const shown = editor.current
    if (!shown) return
    echo.current = new Echo()
    const { model, view } = takeModel(path, language, shared?.text.toString() ?? latest.current.value)
    shown.setModel(model)
    shown.restoreViewState(view)
    const ends = shared && [bindModel(model, shown, shared), showCursors(shown, shared)]
    const known = attachHelp(model, () => latest.current.help)
    const offered = attachLineAct(shown, model, { latest: () => latest.current.help?.lineAct, show: setMarks })
    relint.current = () => {
      known.relint()
      offered.look()
    }
    const changes = model.onDidChangeContent(() => {
      if (shared) return
      const text = model.getValue()
      if (text === latest.current.value) return
      echo.current.tell(text)
      latest.current.onChange(text)
    })
    return () => {
      changes.dispose()
      known.detach()
      offered.detach()
      for (const end of ends ?? []) end()
      const left = shown.saveViewState()
      shown.setModel(null)
      releaseModel(path, left)
    }
  }, [path, language, shared, latest])

  useLayoutEffect(() => {
    const model = editor.current?.getModel()
    if (model && !latest.current.shared && !echo.current.isOwn(value)) setModelText(model, value)
  }, [value, latest])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is looked through again when more is known about it.
  useEffect(() => relint.current?.(), [help])

  useEffect(() => {
    editor.current?.updateOptions({ ariaLabel: label, readOnly, domReadOnly: readOnly })
  }, [label, readOnly])

  useEffect(() => {
    if (!yamlSchema || language !== 'yaml') return
    // Without it the text is still edited and saved; the server checks it again.
    import('./yaml.ts').then(
      (yaml) => yaml.attachYamlSchema(path, yamlSchema.uri, yamlSchema.schema),
      () => undefined,
    )
  }, [path, language, yamlSchema])

  return (
    <>
      <div ref={frame} className="absolute inset-0" />
      <LineActs act={help?.lineAct} marks={marks} />
    </>
  )
}

function createEditor(frame: HTMLElement, latest: () => CodeEditorProps): Editor {
  const { label, readOnly = false, language } = latest()
  const isProse = language === 'markdown' || language === 'plaintext'
  const made = monaco.editor.create(frame, {
    ...commonOptions,
    model: null,
    ariaLabel: label,
    readOnly,
    domReadOnly: readOnly,
    wordWrap: isProse ? 'on' : 'off',
    quickSuggestions: isProse ? false : { other: true, comments: false, strings: true },
    // What marks brackets and spaces looks through the text at each key too.
    matchBrackets: isProse ? 'never' : 'always',
    renderWhitespace: isProse ? 'none' : 'selection',
    // Marking each word that stands elsewhere too asks a worker at each key; in prose nobody reads by it.
    occurrencesHighlight: isProse ? 'off' : 'singleFile',
    wordBasedSuggestions: isProse ? 'off' : 'currentDocument',
  })
  const { KeyMod, KeyCode } = monaco
  made.addAction({
    id: 'delegraph.save',
    label: 'Save',
    keybindings: [KeyMod.CtrlCmd | KeyCode.KeyS],
    run: () => latest().onSave?.(),
  })
  made.addAction({
    id: 'delegraph.run',
    label: 'Run',
    keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
    run: () => latest().onRun?.(),
  })
  return made
}

function useLatest<T>(value: T) {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
