import { OrgInput } from '#shared/orgs/contract.ts'
import { SandboxHostInput } from '#shared/sandbox/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { allowHost, removeHost } from './allow-host.ts'
import { listBackends, listHosts } from './list-sandbox.ts'

export const sandboxRouter = router({
  backends: orgProcedure.input(OrgInput).query(({ ctx }) => listBackends(ctx.org)),
  hosts: orgProcedure.input(OrgInput).query(({ ctx }) => listHosts(ctx.org)),
  allowHost: orgProcedure.input(SandboxHostInput).mutation(({ ctx, input }) => allowHost(ctx.org, input.host)),
  removeHost: orgProcedure.input(SandboxHostInput).mutation(({ ctx, input }) => removeHost(ctx.org, input.host)),
})
