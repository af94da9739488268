import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { costWords, isExactFor, tokenWords } from './cost-words.ts'
import { useTokenCount } from './use-token-count.ts'

export type PromptCostProps = { orgId: OrgId; text: string; model: string }

/** How long the prompt is for the model, and what it costs with every call. */
export function PromptCost({ orgId, text, model }: PromptCostProps) {
  const tokens = useTokenCount(text)
  const prices = useQuery(trpc.budgets.prices.queryOptions({ orgId }))
  if (tokens === undefined) return <span>Counting tokens</span>
  const cost = costWords(tokens, model, prices.data)
  return (
    <span
      className="truncate tabular-nums"
      title={
        isExactFor(model)
          ? `The prompt alone, as ${model} reads it. The task and the answers come on top.`
          : `The prompt alone, counted by OpenAI's tokenizer: ${model} may count a little otherwise. The task and the answers come on top.`
      }
    >
      {[tokenWords(tokens, model), cost].filter(Boolean).join(' · ')}
    </span>
  )
}
