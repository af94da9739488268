import type { ReactNode } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { services } from '#shared/secrets/services.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import type { SecretGroup } from './group-secrets.ts'
import { ServiceMark } from './service-mark.tsx'
import { TestOutcome } from './test-outcome.tsx'
import { problemWords, useTestKey } from './use-secrets.ts'
import { serviceLabel } from './words.ts'

export type ServiceGroupProps = { orgId: OrgId; group: SecretGroup; children: ReactNode }

/** The secrets of one service under its name, and whether it takes them. */
export function ServiceGroup({ orgId, group, children }: ServiceGroupProps) {
  const mayTest = useMay(orgId, 'secrets.test')
  const test = useTestKey()
  const service = services.find(({ id }) => id === group.service)
  const label = serviceLabel(group.service)
  const tried =
    group.secrets.find(({ name, workspaceId }) => workspaceId === null && service?.keys.includes(name)) ??
    group.secrets.find(({ name }) => service?.keys.includes(name))
  const canTest = mayTest && service?.tryAt != null && tried !== undefined
  return (
    <section aria-label={label} className="border-t border-line py-2">
      <div className="flex h-8 items-center gap-2 px-4">
        <ServiceMark service={group.service} />
        <h3 className="min-w-0 flex-1 truncate text-13 font-semibold">{label}</h3>
        {canTest && (
          <Button
            size="small"
            tone="ghost"
            isBusy={test.isPending}
            aria-label={`Test the connection to ${label}`}
            onClick={() => test.mutate({ orgId, workspaceId: tried.workspaceId, service: group.service })}
          >
            Test
          </Button>
        )}
      </div>
      {(test.isPending || test.data || test.error) && (
        <div className="px-4 pb-1">
          <TestOutcome isTesting={test.isPending} test={test.data} problem={problemWords(test.error)} />
        </div>
      )}
      <ul className="[&>li+li]:pt-1">{children}</ul>
    </section>
  )
}
