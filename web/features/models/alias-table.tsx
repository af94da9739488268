import { Pencil, Plus, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Alias } from '#shared/models/contract.ts'
import { useMay } from '../../kernel/may.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { AliasForm } from './alias-form.tsx'
import { useRemoveAlias } from './use-models.ts'

type AliasTableProps = { orgId: OrgId; aliases: readonly Alias[] }

/** Short names and what they stand for; the organisation's own go before ours. */
export function AliasTable({ orgId, aliases }: AliasTableProps) {
  const mayWrite = useMay(orgId, 'models.aliases.write')
  const remove = useRemoveAlias()
  /** The name that is edited; empty for a new one. */
  const [edited, setEdited] = useState<string>()
  const close = () => setEdited(undefined)
  return (
    <section aria-labelledby="model-aliases" className="flex flex-col gap-1">
      <h3 id="model-aliases" className="text-13 font-medium">
        Short names
      </h3>
      <p className="text-12 text-pretty text-fg-2">
        A config may name a model so. Work that begins after a change asks the new one; work that goes on keeps its own.
      </p>
      <ul aria-label="Short names">
        {aliases.map((alias) => (
          <li key={alias.name} aria-label={alias.name} className="border-t border-line first:border-t-0">
            {edited === alias.name ? (
              <AliasForm orgId={orgId} alias={alias} onClose={close} />
            ) : (
              <div className="flex min-h-8 items-center gap-2 py-1">
                <span className="w-28 shrink-0 truncate font-mono text-13" title={alias.name}>
                  {alias.name}
                </span>
                <span className="min-w-0 flex-1 truncate font-mono text-12 text-fg-2" title={alias.model}>
                  {alias.model}
                </span>
                {!alias.isBuiltIn && <Badge tone="accent">Yours</Badge>}
                {mayWrite && (
                  <>
                    {!alias.isBuiltIn && (
                      <IconButton
                        icon={RotateCcw}
                        label={`Take your meaning of ${alias.name} away`}
                        size="small"
                        disabled={remove.isPending}
                        onClick={() => remove.mutate({ orgId, name: alias.name })}
                      />
                    )}
                    <IconButton
                      icon={Pencil}
                      label={`Change what ${alias.name} stands for`}
                      size="small"
                      onClick={() => setEdited(alias.name)}
                    />
                  </>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {edited === '' ? (
        <AliasForm orgId={orgId} onClose={close} />
      ) : (
        mayWrite && (
          <div>
            <Button icon={Plus} onClick={() => setEdited('')}>
              Another short name
            </Button>
          </div>
        )
      )}
    </section>
  )
}
