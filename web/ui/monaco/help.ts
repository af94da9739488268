import type { CodeHelp, Completion, Finding, Stretch } from '../code-help.ts'
import { atRest } from './at-rest.ts'
import { monaco } from './monaco.ts'

type Model = monaco.editor.ITextModel

const owner = 'delegraph'

const helps = new Map<string, () => CodeHelp | undefined>()
const found = new Map<string, readonly Finding[]>()
/** What a link or a fix does, by the number it was given. */
const acts = new Map<number, () => void>()
let lastAct = 0
let isServing = false

/** Gives a model what the page knows of it until the returned function is called. `latest` may change its answer at any time. */
export function attachHelp(
  model: Model,
  latest: () => CodeHelp | undefined,
): { relint: () => void; detach: () => void } {
  serve()
  const key = model.uri.toString()
  helps.set(key, latest)
  const rest = atRest(model, (text) => {
    const findings = (text !== undefined && latest()?.lint?.(text)) || []
    found.set(key, findings)
    monaco.editor.setModelMarkers(
      model,
      owner,
      findings.map((finding) => markerOf(model, finding)),
    )
  })
  return {
    relint: rest.again,
    detach: () => {
      rest.stop()
      // Another editor may show the same text meanwhile: it brought its own.
      if (helps.get(key) !== latest) return
      helps.delete(key)
      found.delete(key)
      if (!model.isDisposed()) monaco.editor.setModelMarkers(model, owner, [])
    },
  }
}

/** One set of providers for all texts: each asks what is known of the text it is called for. */
function serve(): void {
  if (isServing) return
  isServing = true
  const { languages } = monaco
  for (const language of ['yaml', 'markdown']) {
    languages.registerCompletionItemProvider(language, {
      triggerCharacters: language === 'markdown' ? ['{', '@', '`'] : [' ', '-', '['],
      provideCompletionItems: (model, position) => ({
        suggestions: (helpOf(model)?.complete?.(model.getValue(), model.getOffsetAt(position)) ?? []).map((one, at) =>
          suggestionOf(model, one, at),
        ),
      }),
    })
    languages.registerHoverProvider(language, {
      provideHover: (model, position) => {
        const about = helpOf(model)?.hover?.(model.getValue(), model.getOffsetAt(position))
        return about && { range: rangeOf(model, about), contents: [{ value: about.docs }] }
      },
    })
    languages.registerDefinitionProvider(language, { provideDefinition: (model, position) => meaning(model, position) })
    languages.registerCodeActionProvider(language, { provideCodeActions: (model, range) => fixesAt(model, range) })
  }
  monaco.editor.registerEditorOpener({
    openCodeEditor: (_source, resource) => resource.scheme === 'delegraph' && act(Number(resource.query)),
  })
  monaco.editor.registerCommand('delegraph.act', (_accessor, id: number) => void act(id))
}

function helpOf(model: Model): CodeHelp | undefined {
  return helps.get(model.uri.toString())?.()
}

/** The place a name means is no text; a small one stands for it, which also is the preview. */
function meaning(model: Model, position: monaco.Position): monaco.languages.Location | undefined {
  const found = helpOf(model)?.meaningAt?.(model.getValue(), model.getOffsetAt(position))
  if (!found) return undefined
  const uri = monaco.Uri.from({ scheme: 'delegraph', path: '/meaning', query: String(remember(found.go)) })
  for (const former of monaco.editor.getModels()) if (former.uri.scheme === 'delegraph') former.dispose()
  monaco.editor.createModel(found.about, 'plaintext', uri)
  return { uri, range: { startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 1 } }
}

function fixesAt(model: Model, range: monaco.Range): monaco.languages.CodeActionList {
  const findings = (found.get(model.uri.toString()) ?? []).filter((finding) =>
    monaco.Range.areIntersectingOrTouching(rangeOf(model, finding), range),
  )
  const actions = findings.flatMap((finding) =>
    (finding.fixes ?? []).map((fix): monaco.languages.CodeAction => {
      const shared = {
        title: fix.title,
        kind: 'quickfix',
        diagnostics: [markerOf(model, finding)],
        isPreferred: fix.isBest === true,
      }
      if ('run' in fix) {
        return { ...shared, command: { id: 'delegraph.act', title: fix.title, arguments: [remember(fix.run)] } }
      }
      const edits = fix.edits.map((edit) => ({
        resource: model.uri,
        versionId: model.getVersionId(),
        textEdit: { range: rangeOf(model, edit), text: edit.text },
      }))
      return { ...shared, edit: { edits } }
    }),
  )
  return { actions, dispose: () => {} }
}

function remember(run: () => void): number {
  lastAct += 1
  acts.set(lastAct, run)
  // Those that were offered long ago are on no screen any more.
  if (acts.size > 200) for (const old of [...acts.keys()].slice(0, 100)) acts.delete(old)
  return lastAct
}

function act(id: number): boolean {
  const run = acts.get(id)
  run?.()
  return run !== undefined
}

const kinds: Record<Completion['kind'], keyof typeof monaco.languages.CompletionItemKind> = {
  field: 'Property',
  value: 'Value',
  tool: 'Function',
  place: 'User',
  variable: 'Variable',
  key: 'Constant',
}

function suggestionOf(model: Model, one: Completion, at: number): monaco.languages.CompletionItem {
  return {
    label: { label: one.label, description: one.detail },
    kind: monaco.languages.CompletionItemKind[kinds[one.kind]],
    insertText: one.insert,
    filterText: one.label,
    sortText: String(at).padStart(4, '0'),
    range: rangeOf(model, one.at),
    documentation: one.docs === undefined ? undefined : { value: one.docs },
  }
}

const severities = { error: 'Error', warning: 'Warning', info: 'Info' } as const

function markerOf(model: Model, finding: Finding): monaco.editor.IMarkerData {
  return {
    ...rangeOf(model, finding),
    severity: monaco.MarkerSeverity[severities[finding.tone]],
    code: finding.code,
    message: finding.message,
    source: 'Delegraph',
  }
}

function rangeOf(model: Model, { start, end }: Stretch): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
}
