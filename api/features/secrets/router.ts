import { OrgInput } from '#shared/orgs/contract.ts'
import { MissingInput, SecretInput, SetSecret, SetSecrets, TestKey, WorkspaceInput } from '#shared/secrets/contract.ts'
import { RotateKeys } from '#shared/secrets/key-rotation.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { getUsage } from './get-usage.ts'
import { listDeclared } from './list-declared.ts'
import { listMissing } from './list-missing.ts'
import { listSecrets } from './list-secrets.ts'
import { removeSecret, restoreSecret } from './remove-secret.ts'
import { getKeyStatus, rotateKeys } from './rotate-keys.ts'
import { setSecret, setSecrets } from './set-secrets.ts'
import { testKey } from './test-key.ts'

export const secretsRouter = router({
  list: orgProcedure.input(OrgInput).query(({ ctx }) => listSecrets(ctx.org)),
  missing: orgProcedure.input(MissingInput).query(({ ctx, input }) => listMissing(ctx.org, input)),
  declared: orgProcedure.input(WorkspaceInput).query(({ ctx, input }) => listDeclared(ctx.org, input.workspaceId)),
  set: orgProcedure.input(SetSecret).mutation(({ ctx, input }) => setSecret(ctx.org, input)),
  setMany: orgProcedure.input(SetSecrets).mutation(({ ctx, input }) => setSecrets(ctx.org, input)),
  remove: orgProcedure.input(SecretInput).mutation(({ ctx, input }) => removeSecret(ctx.org, input.secretId)),
  restore: orgProcedure.input(SecretInput).mutation(({ ctx, input }) => restoreSecret(ctx.org, input.secretId)),
  keyStatus: orgProcedure.input(OrgInput).query(({ ctx }) => getKeyStatus(ctx.org)),
  rotateKeys: orgProcedure.input(RotateKeys).mutation(({ ctx, input }) => rotateKeys(ctx.org, input)),
  test: orgProcedure.input(TestKey).mutation(({ ctx, input }) => testKey(ctx.org, input)),
  usage: orgProcedure.input(SecretInput).query(({ ctx, input }) => getUsage(ctx.org, input.secretId)),
})
