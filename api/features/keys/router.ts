import { CreateKey, KeyInput, RevokeToken, RotateToken, WorkspaceTokenInput } from '#shared/keys/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { createKey } from './create-key.ts'
import { issueToken, rotateToken } from './issue-token.ts'
import { listKeys } from './list-keys.ts'
import { revokeKey } from './revoke-key.ts'
import { listTokens, revokeToken } from './revoke-token.ts'

export const keysRouter = router({
  list: orgProcedure.input(OrgInput).query(({ ctx }) => listKeys(ctx.org)),
  create: orgProcedure.input(CreateKey).mutation(({ ctx, input: { orgId: _, ...key } }) => createKey(ctx.org, key)),
  revoke: orgProcedure.input(KeyInput).mutation(({ ctx, input }) => revokeKey(ctx.org, input.keyId)),
  tokens: orgProcedure.input(WorkspaceTokenInput).query(({ ctx, input }) => listTokens(ctx.org, input.workspaceId)),
  issueToken: orgProcedure
    .input(WorkspaceTokenInput)
    .mutation(({ ctx, input }) => issueToken(ctx.org, input.workspaceId)),
  rotateToken: orgProcedure.input(RotateToken).mutation(({ ctx, input }) => rotateToken(ctx.org, input)),
  revokeToken: orgProcedure.input(RevokeToken).mutation(({ ctx, input }) => revokeToken(ctx.org, input.tokenId)),
})
