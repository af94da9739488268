import { OrgInput } from '#shared/orgs/contract.ts'
import {
  BatchWorkspaces,
  ConfigureWorkspace,
  ControlWorkspace,
  CreateWorkspace,
  DeleteWorkspace,
  MountsInput,
  PlaceWorkspaces,
  RenameWorkspace,
  RestoreWorkspaces,
} from '#shared/workspaces/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { batchWorkspaces } from './batch-workspaces.ts'
import { configureWorkspace } from './configure-workspace.ts'
import { controlWorkspace } from './control-workspace.ts'
import { createWorkspace } from './create-workspace.ts'
import { deleteWorkspace } from './delete-workspace.ts'
import { listWorkspaces } from './list-workspaces.ts'
import { listMounts } from './mounts.ts'
import { placeWorkspaces } from './place-workspaces.ts'
import { renameWorkspace } from './rename-workspace.ts'
import { restoreWorkspaces } from './restore-workspaces.ts'

export const workspacesRouter = router({
  list: orgProcedure.input(OrgInput).query(({ ctx }) => listWorkspaces(ctx.org)),
  create: orgProcedure.input(CreateWorkspace).mutation(({ ctx, input }) => createWorkspace(ctx.org, input)),
  rename: orgProcedure.input(RenameWorkspace).mutation(({ ctx, input }) => renameWorkspace(ctx.org, input)),
  configure: orgProcedure.input(ConfigureWorkspace).mutation(({ ctx, input }) => configureWorkspace(ctx.org, input)),
  /** Pause, resume, freeze or unfreeze, with everything below. */
  control: orgProcedure.input(ControlWorkspace).mutation(({ ctx, input }) => controlWorkspace(ctx.org, input)),
  /** One of these or a deletion for each of many; tells which could not be done, and why. */
  batch: orgProcedure.input(BatchWorkspaces).mutation(({ ctx, input }) => batchWorkspaces(ctx.org, input)),
  /** What it reaches of the files of others, and who reaches its own. */
  mounts: orgProcedure.input(MountsInput).query(({ ctx, input }) => listMounts(ctx.org, input.workspaceId)),
  place: orgProcedure.input(PlaceWorkspaces).mutation(({ ctx, input }) => placeWorkspaces(ctx.org, input)),
  delete: orgProcedure.input(DeleteWorkspace).mutation(({ ctx, input }) => deleteWorkspace(ctx.org, input)),
  restore: orgProcedure.input(RestoreWorkspaces).mutation(({ ctx, input }) => restoreWorkspaces(ctx.org, input)),
})
