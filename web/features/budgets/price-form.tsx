import { type FormEvent, useState } from 'react'
import type { Price } from '#shared/budgets/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { readAmount, writeAmount } from './amounts.ts'
import { useSetPrice } from './use-set-price.ts'

type PriceFormProps = {
  orgId: OrgId
  /** The model's price now; without it the model is named here too. */
  price?: Price
  onClose?: () => void
}

/** Dollars for a million tokens in, out, and read from the provider's cache. */
export function PriceForm({ orgId, price, onClose }: PriceFormProps) {
  const [model, setModel] = useState(price?.model ?? '')
  const [input, setInput] = useState(textOf(price?.input))
  const [output, setOutput] = useState(textOf(price?.output))
  const [cacheRead, setCacheRead] = useState(textOf(price?.source === 'override' ? price.cacheRead : null))
  const set = useSetPrice()
  const rates = { input: readAmount('money', input), output: readAmount('money', output) }
  const cached = cacheRead.trim() === '' ? null : readAmount('money', cacheRead)
  const errorOf = (text: string, read: number | null | undefined) =>
    text.trim() !== '' && read === undefined ? 'Give dollars, such as 0.50.' : undefined

  const canSet = model.trim() !== '' && rates.input !== undefined && rates.output !== undefined && cached !== undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { input, output } = rates
    if (!canSet || input === undefined || output === undefined || cached === undefined) return
    set.mutate({ orgId, model: model.trim(), input, output, cacheRead: cached }, { onSuccess: onClose })
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label={price ? `Price of ${price.model}` : 'Price of another model'}
      className="my-2 flex flex-col gap-3 rounded-6 border border-line bg-surface-2 p-3"
    >
      {price ? (
        <p className="text-13 font-medium">
          <span className="font-mono">{price.model}</span>{' '}
          <span className="font-normal text-fg-2">in $ for a million tokens</span>
        </p>
      ) : (
        <TextField label="Model" value={model} placeholder="provider:model" onChange={setModel} />
      )}
      <div className="grid gap-3 wide:grid-cols-3">
        <TextField
          label="In"
          value={input}
          inputMode="decimal"
          error={errorOf(input, rates.input)}
          onChange={setInput}
        />
        <TextField
          label="Out"
          value={output}
          inputMode="decimal"
          error={errorOf(output, rates.output)}
          onChange={setOutput}
        />
        <TextField
          label="In, from the cache"
          value={cacheRead}
          inputMode="decimal"
          hint="Empty: as other tokens in"
          error={errorOf(cacheRead, cached)}
          onChange={setCacheRead}
        />
      </div>
      {set.error && <ErrorPanel title={readProblem(set.error).message}>{readProblem(set.error).fix}</ErrorPanel>}
      <div className="flex justify-end gap-2">
        {onClose && <Button onClick={onClose}>Cancel</Button>}
        <Button type="submit" tone="primary" isBusy={set.isPending} disabled={!canSet}>
          Set the price
        </Button>
      </div>
    </form>
  )
}

function textOf(rate: number | null | undefined): string {
  return rate === null || rate === undefined ? '' : writeAmount('money', rate)
}
