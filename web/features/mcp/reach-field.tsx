import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { McpReach } from '#shared/mcp/contract.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { useWorkspaces } from '../workspaces/index.ts'

type ReachFieldProps = { orgId: OrgId; reach: McpReach; onChange: (reach: McpReach) => void }

const options = [
  { value: 'everyone', label: 'Every workspace' },
  { value: 'listed', label: 'Chosen ones' },
  { value: 'config', label: 'Where a config names it' },
] as const

/** Who may use a server. A config can only take away from it, or, in the third case, ask for it. */
export function ReachField({ orgId, reach, onChange }: ReachFieldProps) {
  const workspaces = useWorkspaces(orgId)
  const chosen = reach.kind === 'listed' ? reach.workspaceIds : []
  const toggle = (id: WorkspaceId) =>
    onChange({
      kind: 'listed',
      workspaceIds: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id],
    })
  return (
    <div className="flex flex-col gap-1">
      <span className="text-13 font-medium">Who may use it</span>
      <div>
        <Segmented
          label="Who may use it"
          options={options}
          value={reach.kind}
          onChange={(kind) => onChange(kind === 'listed' ? { kind, workspaceIds: [...chosen] } : { kind })}
        />
      </div>
      {reach.kind === 'config' && (
        <p className="text-12 text-fg-3">
          As in <span className="font-mono">mcp_servers: [github]</span> of a config.yaml.
        </p>
      )}
      {reach.kind === 'listed' && (
        <fieldset className="max-h-40 overflow-y-auto rounded-6 border border-line-2 p-2">
          <legend className="sr-only">Workspaces that may use it</legend>
          {workspaces.length === 0 && <p className="text-12 text-fg-2">There is no workspace yet.</p>}
          {workspaces.map(({ id, name }) => (
            <label key={id} className="flex min-h-6 items-center gap-2 text-13">
              <input
                type="checkbox"
                className="accent-accent"
                checked={chosen.includes(id)}
                onChange={() => toggle(id)}
              />
              <span className="min-w-0 truncate" title={name}>
                {name}
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  )
}
