import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'

/** Gives the workspace with everything below it as a file, without secrets and memory. */
export async function exportBundle(orgId: OrgId, { id, name }: Workspace): Promise<void> {
  try {
    const [bundle] = await client.copies.take.query({ orgId, workspaceIds: [id] })
    download(`${fileName(name)}.bundle.json`, JSON.stringify(bundle, null, 2))
  } catch (error) {
    const { message, fix } = readProblem(error)
    notify({ title: `Not exported. ${message}`, detail: fix, tone: 'failed' })
  }
}

function fileName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '')
  return plain || 'workspace'
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
