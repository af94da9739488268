import { Pencil, Trash2 } from 'lucide-react'
import type { ApprovalRule } from '#shared/approvals/contract.ts'
import { whereWords } from '#shared/approvals/rule-words.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useRemoveRule } from './use-rules.ts'
import { askedWords, costWords, expiryWords, thenWords } from './words.ts'

type RuleTableProps = {
  orgId: OrgId
  rules: readonly ApprovalRule[]
  workspaces: readonly Workspace[]
  mayChange: boolean
  onEdit: (id: string) => void
}

/** One rule a row; on a narrow screen the lesser columns stand under the first. */
export function RuleTable({ orgId, rules, workspaces, mayChange, onEdit }: RuleTableProps) {
  const remove = useRemoveRule(orgId)
  const nameOf = (workspaceId: string) => workspaces.find(({ id }) => id === workspaceId)?.name
  return (
    <table aria-label="Rules" className="w-full text-left text-13">
      <thead>
        <tr className="text-12 text-fg-2">
          <th className={cell}>What</th>
          <th className={cell}>Then it</th>
          <th className={cell}>For whom</th>
          <th className={lesser}>From cost</th>
          <th className={lesser}>Expires</th>
          <th className={lesser}>Who is asked</th>
          {mayChange && (
            <th className={cell}>
              <span className="sr-only">Acts</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => {
          const where = whereWords(rule, nameOf)
          const doesAsk = rule.effect === 'ask'
          const name = `${rule.tool}, ${where}`
          return (
            <tr key={rule.id} className="border-t border-line align-top">
              <td className={cell}>
                <span className="font-mono text-12 break-all">{rule.tool}</span>
                <span className="block text-12 text-fg-2">{rule.minCost === null ? 'Tool' : 'Model call'}</span>
                <span className="block text-12 text-fg-2 wide:hidden">
                  {rule.minCost !== null && `From ${costWords(rule.minCost)}. `}
                  {doesAsk && `Waits ${expiryWords(rule.expiresSeconds)}. Asked: ${askedWords[rule.escalate]}.`}
                </span>
              </td>
              <td className={classes(cell, rule.effect === 'refuse' && 'text-danger')}>{thenWords[rule.effect]}</td>
              <td className={`${cell} break-words first-letter:uppercase`}>{where.replace(/^for /, '')}</td>
              <td className={`${lesser} tabular-nums`}>{costWords(rule.minCost)}</td>
              <td className={`${lesser} whitespace-nowrap tabular-nums`}>
                {doesAsk ? expiryWords(rule.expiresSeconds) : '–'}
              </td>
              <td className={lesser}>{doesAsk ? askedWords[rule.escalate] : '–'}</td>
              {mayChange && (
                <td className="w-16 py-1.5 text-right whitespace-nowrap">
                  <IconButton
                    icon={Pencil}
                    label={`Change the rule: ${name}`}
                    size="small"
                    onClick={() => onEdit(rule.id)}
                  />
                  <IconButton
                    icon={Trash2}
                    label={`Remove the rule: ${name}`}
                    size="small"
                    disabled={remove.isPending}
                    onClick={() => remove.mutate(rule)}
                  />
                </td>
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const cell = 'py-2 pr-3 font-normal'
const lesser = 'hidden py-2 pr-3 font-normal wide:table-cell'
