import type { Role } from '#shared/orgs/contract.ts'
import { grantable } from './words.ts'

export type PermissionChoiceProps = {
  role: Role
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

/** What a key may within its role, one tick each. */
export function PermissionChoice({ role, chosen, onChange }: PermissionChoiceProps) {
  const toggle = (name: string) => {
    const next = new Set(chosen)
    if (!next.delete(name)) next.add(name)
    onChange(next)
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
    <fieldset tabIndex={0} className="max-h-60 overflow-y-auto rounded-6 border border-line bg-surface px-3 py-2">
      <legend className="sr-only">What this key may do</legend>
      {grantable(role).map(({ noun, permissions }) => (
        <div key={noun} className="py-1">
          <p className="text-12 text-fg-2">{noun}</p>
          {permissions.map(({ name, words }) => (
            <label key={name} className="flex min-h-6 items-center gap-2 text-13">
              <input
                type="checkbox"
                checked={chosen.has(name)}
                onChange={() => toggle(name)}
                className="size-3.5 shrink-0 accent-accent"
              />
              {words}
            </label>
          ))}
        </div>
      ))}
    </fieldset>
  )
}
