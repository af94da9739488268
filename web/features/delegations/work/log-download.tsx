import { useMutation } from '@tanstack/react-query'
import { FileBraces, FileText } from 'lucide-react'
import { logText } from '#shared/delegations/log-text.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { notify } from '../../../ui/toast.ts'

type Form = 'text' | 'json'

/** The record of a delegation and of all it handed on, as a file. */
export function LogDownload({ orgId, delegationId }: { orgId: OrgId; delegationId: DelegationId }) {
  const save = useMutation({
    mutationFn: async (form: Form) => {
      const log = await client.delegations.log.query({ orgId, delegationId })
      const isJson = form === 'json'
      const content = isJson ? `${JSON.stringify(log, null, 2)}\n` : logText(log)
      saveFile(
        `delegation-${delegationId}.${isJson ? 'json' : 'txt'}`,
        content,
        isJson ? 'application/json' : 'text/plain',
      )
      return log
    },
    onSuccess: ({ entries, total }) => {
      if (total > entries.length) notify({ title: `The log holds ${entries.length} of ${total} delegations` })
    },
    onError: (error) => {
      const { message, fix } = readProblem(error)
      notify({ title: message, detail: fix, tone: 'failed' })
    },
  })
  const isBusy = (form: Form) => save.isPending && save.variables === form
  return (
    <div className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
      <Button size="small" icon={FileText} isBusy={isBusy('text')} onClick={() => save.mutate('text')}>
        Log as text
      </Button>
      <Button size="small" icon={FileBraces} isBusy={isBusy('json')} onClick={() => save.mutate('json')}>
        Log as JSON
      </Button>
    </div>
  )
}

function saveFile(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
