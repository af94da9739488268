import type { OrgId } from '#shared/kernel/ids.ts'
import type { CatalogueModel } from '#shared/models/contract.ts'
import { isRehearsal } from '#shared/models/resolve-model.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import type { Provider } from './filter.ts'
import { useTestModel } from './use-models.ts'
import { bareName, priceWords, problemWords, testWords, windowWords } from './words.ts'

type ModelRowProps = {
  orgId: OrgId
  model: CatalogueModel
  provider: Provider | undefined
  /** With its provider, for it stands among those of others. */
  isWhole?: boolean
}

/** One model: its name to copy into a config, its price and window, who uses it, and a try. */
export function ModelRow({ orgId, model, provider, isWhole = false }: ModelRowProps) {
  const mayTest = useMay(orgId, 'models.test')
  const test = useTestModel()
  const lacks = provider?.missing ?? null
  const facts = [
    priceWords(model.price),
    windowWords(model.contextWindow),
    model.seesImages ? 'sees pictures' : null,
  ].filter((words) => words !== null)
  const canTest = mayTest && lacks === null && model.price !== null && !isRehearsal(model.model)
  return (
    <li aria-label={model.model} className="flex flex-col gap-0.5 border-t border-line py-2 first:border-t-0">
      <div className="flex min-h-6 items-center gap-1">
        <span className="min-w-0 truncate font-mono text-13" title={model.model}>
          {isWhole ? model.model : bareName(model.model)}
        </span>
        <CopyButton text={model.model} label={`Copy ${model.model}`} />
        <span className="flex-1" />
        {canTest && (
          <Button
            size="small"
            isBusy={test.isPending}
            aria-label={`Test ${model.model}`}
            onClick={() => test.mutate({ orgId, model: model.model })}
          >
            Test
          </Button>
        )}
      </div>
      <p className="text-12 text-pretty text-fg-2 tabular-nums">{facts.join(' · ')}</p>
      {model.usedBy.length > 0 && (
        <p className="text-12 text-pretty text-fg-2">Used by {model.usedBy.map(({ name }) => name).join(', ')}</p>
      )}
      {isWhole && lacks !== null && <p className="text-12 text-state-waiting">Needs {lacks}, below at its provider</p>}
      <p role="status" className={classes('text-12 text-pretty', outcomeTone(test))}>
        {test.data ? testWords(test.data) : test.error ? problemWords(test.error) : ''}
      </p>
    </li>
  )
}

function outcomeTone({ data, error }: ReturnType<typeof useTestModel>): string {
  return error !== null || data?.outcome === 'failed' ? 'text-danger' : 'text-state-completed'
}
