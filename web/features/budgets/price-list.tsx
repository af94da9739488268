import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { Price } from '#shared/budgets/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Loaded } from './loaded.tsx'
import { PriceForm } from './price-form.tsx'
import { useResetPrice } from './use-set-price.ts'
import { moneyWords } from './words.ts'

/** What a million tokens cost: of the models in use, and of those the organisation has priced itself. */
export function PriceList({ orgId }: { orgId: OrgId }) {
  const [edited, setEdited] = useState<string | undefined>()
  const mayEdit = useMay(orgId, 'budgets.prices.write')
  const prices = useQuery({ ...trpc.budgets.prices.queryOptions({ orgId }), staleTime: 0 })
  const close = () => setEdited(undefined)
  return (
    <Loaded query={prices} label="Loading the prices">
      {(list) => (
        <div className="flex flex-col">
          <p className="px-2 pt-2 pb-1 text-12 text-fg-2">
            For a million tokens in and out. A price you set goes before the catalogue’s; each call keeps the price it
            had.
          </p>
          <ul aria-label="Prices">
            {list.map((price) => (
              <li key={price.model} className="border-t border-line">
                {edited === price.model ? (
                  <PriceForm orgId={orgId} price={price} onClose={close} />
                ) : (
                  <PriceRow orgId={orgId} price={price} mayEdit={mayEdit} onEdit={() => setEdited(price.model)} />
                )}
              </li>
            ))}
          </ul>
          {edited === '' ? (
            <PriceForm orgId={orgId} onClose={close} />
          ) : (
            mayEdit && (
              <div className="px-2 pt-2">
                <Button icon={Plus} onClick={() => setEdited('')}>
                  Price of another model
                </Button>
              </div>
            )
          )}
        </div>
      )}
    </Loaded>
  )
}

const sources = {
  override: { tone: 'accent', words: 'Your price' },
  catalogue: { tone: 'neutral', words: 'Catalogue' },
  rehearsal: { tone: 'neutral', words: 'Free' },
  unknown: { tone: 'waiting', words: 'No price: not called' },
} as const satisfies Record<Price['source'], { tone: string; words: string }>

type PriceRowProps = { orgId: OrgId; price: Price; mayEdit: boolean; onEdit: () => void }

function PriceRow({ orgId, price, mayEdit, onEdit }: PriceRowProps) {
  const reset = useResetPrice()
  const { tone, words } = sources[price.source]
  return (
    <div className="flex min-h-9 items-center gap-3 px-2 py-1">
      <span className="min-w-0 flex-1 truncate font-mono text-13" title={price.model}>
        {price.model}
      </span>
      <Badge tone={tone}>{words}</Badge>
      {price.input !== null && price.output !== null && (
        <span className="w-44 text-right font-mono text-12 tabular-nums">
          {moneyWords(price.input)} in · {moneyWords(price.output)} out
        </span>
      )}
      {mayEdit && (
        <span className="flex w-13 justify-end gap-1">
          {price.source === 'override' && (
            <IconButton
              icon={RotateCcw}
              label={`Back to the catalogue’s price of ${price.model}`}
              size="small"
              disabled={reset.isPending}
              onClick={() => reset.mutate({ orgId, model: price.model })}
            />
          )}
          <IconButton icon={Pencil} label={`Set the price of ${price.model}`} size="small" onClick={onEdit} />
        </span>
      )}
    </div>
  )
}
