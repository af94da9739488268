import { type FormEvent, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { CreatedKey } from '#shared/keys/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay, useRole } from '../../kernel/may.ts'
import { useUnsaved } from '../../kernel/unsaved.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useOneAtATime } from '../../ui/use-one-at-a-time.ts'
import { PermissionChoice } from './permission-choice.tsx'
import { useCreateKey } from './use-create-key.ts'
import { grantable, type KeyRoleName, type Lifetime, lifetimes, rolesUpTo } from './words.ts'

type KeyFormProps = { orgId: OrgId; onCreated: (created: CreatedKey) => void; onClose: () => void }

/** A new key: for whom, with which rights, and for how long. */
export function KeyForm({ orgId, onCreated, onClose }: KeyFormProps) {
  const mayForMachines = useMay(orgId, 'keys.org.write')
  const own = useRole(orgId)
  const roles = rolesUpTo(own)
  const [name, setName] = useState('')
  const [holder, setHolder] = useState<'me' | 'machine'>(mayForMachines ? 'machine' : 'me')
  const [chosenRole, setRole] = useState<KeyRoleName>('member')
  const [lifetime, setLifetime] = useState<Lifetime>('90')
  const [limit, setLimit] = useState<'role' | 'chosen'>('role')
  const [permissions, setPermissions] = useState<ReadonlySet<string>>(new Set())
  useUnsaved(name.trim() === '' ? undefined : 'The new key')
  const create = useCreateKey()
  const begin = useOneAtATime()
  const role = roles.includes(chosenRole) ? chosenRole : (roles[0] ?? 'viewer')
  const offered = new Set(grantable(role).flatMap((group) => group.permissions.map((one) => one.name)))
  const kept = [...permissions].filter((one) => offered.has(one))
  const canCreate = name.trim() !== '' && (limit === 'role' || kept.length > 0)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!canCreate) return
    const days = lifetimes.find(({ value }) => value === lifetime)?.days ?? null
    const limits = limit === 'role' ? null : kept
    const key = { orgId, name: name.trim(), holder, role, days, permissions: limits }
    begin((end) => create.mutate(key, { onSuccess: onCreated, onError: end }))
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label="New key"
      className="my-2 flex flex-col gap-3 rounded-6 border border-line bg-surface-2 p-3"
    >
      <TextField
        label="Name"
        value={name}
        maxLength={80}
        placeholder="GitHub Actions"
        hint="What will use it. The audit shows this name."
        onChange={setName}
        autoFocus
      />
      <div className="grid gap-3 wide:grid-cols-2">
        <Select
          label="Acts as"
          value={holder}
          options={[
            { value: 'machine', label: 'A machine', isDisabled: !mayForMachines },
            { value: 'me', label: 'You' },
          ]}
          hint={holder === 'me' ? 'Never more than you may yourself.' : 'Stays when you leave.'}
          onChange={setHolder}
        />
        <Select
          label="Role"
          value={role}
          options={roles.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }))}
          onChange={setRole}
        />
        <Select label="Works for" value={lifetime} options={lifetimes} onChange={setLifetime} />
        <Select
          label="May do"
          value={limit}
          options={[
            { value: 'role', label: 'All the role may' },
            { value: 'chosen', label: 'Only what I choose' },
          ]}
          hint={limit === 'role' ? 'Except answering approvals.' : undefined}
          onChange={setLimit}
        />
      </div>
      {limit === 'chosen' && <PermissionChoice role={role} chosen={permissions} onChange={setPermissions} />}
      {create.error && (
        <ErrorPanel title={readProblem(create.error).message}>{readProblem(create.error).fix}</ErrorPanel>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" isBusy={create.isPending} disabled={!canCreate}>
          Create the key
        </Button>
      </div>
    </form>
  )
}
