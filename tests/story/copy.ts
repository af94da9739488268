import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { check } from './check.ts'
import type { Client } from './client.ts'
import { until } from './until.ts'

/** Work with a plan, a memory and a part handed on is paused midway. */
export async function pauseYearbook({ trpc }: Client, orgId: OrgId): Promise<DelegationId> {
  const { workspaces } = await trpc.workspaces.list.query({ orgId })
  const editor = workspaces.find((one) => one.name === 'Editor')
  if (!editor) throw new Error('There is no Editor.')
  const task = 'Write the yearbook.'
  const { delegationId } = await trpc.delegations.create.mutate({ orgId, workspaceId: editor.id, task })
  const childIn = (state: string) => async () => {
    const { children } = await trpc.delegations.get.query({ orgId, delegationId })
    return children.some((child) => child.state === state) || undefined
  }
  await until('the Archivist is at work', childIn('running'))
  await trpc.workspaces.control.mutate({ orgId, workspaceId: editor.id, verb: 'pause' })
  await until('the Archivist ends its step and stands still', childIn('queued'))
  console.log('  The Editor and its team were paused; the Archivist had begun its part of the yearbook')
  return delegationId
}

/** A snapshot of the org as a file, and a fresh org out of that file. */
export async function copyOrg({ trpc, send }: Client, orgId: OrgId): Promise<OrgId> {
  const began = performance.now()
  const snapshot = await trpc.snapshots.take.mutate({ orgId })
  const file = await (await send(`/orgs/${orgId}/snapshots/${snapshot.id}`)).arrayBuffer()
  const tookMs = Math.round(performance.now() - began)
  console.log(
    `  Snapshot: ${Math.ceil(file.byteLength / 1024)} KB in ${tookMs} ms, ${snapshot.delegations} delegations`,
  )
  check('the downloaded file is the snapshot', file.byteLength === snapshot.bytes)
  const answer = await send('/snapshots/restore', {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'application/gzip' },
  })
  const { name } = await answer.json()
  const restored = (await trpc.orgs.list.query()).find((one) => one.name === name)
  if (!restored) throw new Error('The restored organisation is not listed.')
  console.log(`  Restored as "${restored.name}"`)
  return restored.id
}

/** The yearbook goes on in the restored org, with its plan and memory; in the first one it stays paused. */
export async function finishYearbook({ trpc }: Client, first: OrgId, second: OrgId, original: DelegationId) {
  const { workspaces } = await trpc.workspaces.list.query({ orgId: second })
  check('the restored organisation has 50 agents', workspaces.length === 50)
  check(
    'they wait until a person resumes them',
    workspaces.every((one) => one.status === 'paused'),
  )
  const editor = workspaces.find((one) => one.name === 'Editor')
  if (!editor) throw new Error('There is no Editor.')
  const workspaceId = editor.id
  const work = await trpc.delegations.list.query({ orgId: second, workspaceId })
  const yearbook = work.find((one) => one.task === 'Write the yearbook.')
  if (!yearbook) throw new Error('The paused work was not restored.')
  const plan = await trpc.memory.plan.query({ orgId: second, delegationId: yearbook.id })
  check('the plan of the paused work came along', plan?.items[0]?.title === 'Ask the archive')
  const memories = await trpc.memory.list.query({ orgId: second, workspaceId })
  check(
    'so did the memory',
    memories.some((one) => one.text === 'The yearbook is bound in blue.'),
  )
  const paths = (await trpc.files.list.query({ orgId: second, workspaceId })).map((one) => one.path)
  check('and the files', paths.includes('config.yaml'), paths)
  for (const { id, isPausedHere } of workspaces) {
    if (isPausedHere) await trpc.workspaces.control.mutate({ orgId: second, workspaceId: id, verb: 'resume' })
  }
  const { delegation } = await until('the paused work completes in the restored organisation', async () => {
    const detail = await trpc.delegations.get.query({ orgId: second, delegationId: yearbook.id })
    return detail.delegation.finishedAt ? detail : undefined
  })
  check('the paused work went on and completed', delegation.state === 'completed', delegation.reason)
  console.log(`    "${delegation.answer}"`)
  const { delegation: left } = await trpc.delegations.get.query({ orgId: first, delegationId: original })
  check('in the first organisation it waits as before', left.state === 'waiting' && left.waitingFor === 'child')
}
