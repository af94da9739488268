import { type FormEvent, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { McpServer, McpServers } from '#shared/mcp/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useUnsaved } from '../../kernel/unsaved.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TextareaField } from '../../ui/textarea-field.tsx'
import { ProgramFields } from './program-fields.tsx'
import { ReachField } from './reach-field.tsx'
import { draftOf, emptyDraft, isComplete, type ServerDraft, transportOf } from './server-draft.ts'
import { problemWords, useAddServer, useChangeServer } from './use-mcp.ts'

type ServerFormProps = { orgId: OrgId; known: McpServers; server?: McpServer; onClose: () => void }

const kinds = [
  { value: 'http', label: 'An address' },
  { value: 'stdio', label: 'A program' },
] as const

/** Where a server is and who may use it. Saving starts nothing and asks nobody. */
export function ServerForm({ orgId, known, server, onClose }: ServerFormProps) {
  const [draft, setDraft] = useState<ServerDraft>(() => (server ? draftOf(server) : emptyDraft))
  const [isTouched, setTouched] = useState(false)
  const [wrong, setWrong] = useState<'headers' | 'env'>()
  const add = useAddServer()
  const change = useChangeServer()
  const save = server ? change : add
  useUnsaved(isTouched && !save.isPending ? `The MCP server ${draft.name || 'you are adding'}` : undefined)
  const set = (part: Partial<ServerDraft>) => {
    setDraft({ ...draft, ...part })
    setTouched(true)
    setWrong(undefined)
  }
  const problem = save.error ? readProblem(save.error) : undefined
  const words = save.error ? problemWords(save.error) : undefined
  const at = (field: string) => (problem?.field?.startsWith(field) ? words : undefined)
  const isPlaced = [
    'name',
    'transport.url',
    'transport.headers',
    'transport.command',
    'transport.folder',
    'transport.env',
  ]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const transport = transportOf(draft)
    if ('wrong' in transport) return setWrong(transport.wrong)
    const given = { orgId, transport, reach: draft.reach, timeoutSeconds: Number(draft.seconds) }
    if (server) change.mutate({ ...given, serverId: server.id }, { onSuccess: onClose })
    else add.mutate({ ...given, name: draft.name.trim() }, { onSuccess: onClose })
  }
  return (
    <form
      aria-label={server ? `Change ${server.name}` : 'Add an MCP server'}
      onSubmit={submit}
      className="flex flex-col gap-3 py-3"
    >
      {!server && (
        <TextField
          label="Name"
          autoFocus
          className="font-mono"
          placeholder="github"
          hint={`Stands before its tools, as in ${draft.name.trim() || 'github'}__search.`}
          value={draft.name}
          onChange={(name) => set({ name })}
          error={at('name')}
        />
      )}
      <div>
        <Segmented label="How it is reached" options={kinds} value={draft.kind} onChange={(kind) => set({ kind })} />
      </div>
      {draft.kind === 'http' ? (
        <>
          <TextField
            label="Address"
            className="font-mono"
            placeholder="https://mcp.example.com/mcp"
            value={draft.url}
            onChange={(url) => set({ url })}
            error={at('transport.url')}
          />
          <TextareaField
            label="Headers"
            className="font-mono"
            placeholder="Authorization: Bearer {{secret GITHUB_TOKEN}}"
            hint="One a line. {{secret NAME}} stands for a secret and is put in only when the server is asked."
            value={draft.headers}
            onChange={(headers) => set({ headers })}
            error={wrong === 'headers' ? 'Write each line as Name: value.' : at('transport.headers')}
          />
        </>
      ) : (
        <ProgramFields known={known} draft={draft} onChange={set} errorAt={at} isEnvWrong={wrong === 'env'} />
      )}
      <ReachField orgId={orgId} reach={draft.reach} onChange={(reach) => set({ reach })} />
      <div className="w-56">
        <TextField
          label="Longest answer, in seconds"
          inputMode="numeric"
          value={draft.seconds}
          onChange={(seconds) => set({ seconds })}
        />
      </div>
      {words !== undefined && !isPlaced.some((field) => problem?.field?.startsWith(field)) && (
        <p role="alert" className="text-12 text-danger">
          {words}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" isBusy={save.isPending} disabled={!isComplete(draft) || !isTouched}>
          {server ? 'Save' : 'Add the server'}
        </Button>
      </div>
    </form>
  )
}
