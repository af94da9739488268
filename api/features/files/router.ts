import {
  AddFiles,
  DeleteFile,
  ListFiles,
  ListVersions,
  ReadFile,
  RenameFile,
  RestoreVersion,
  SaveFile,
} from '#shared/files/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { addFiles } from './add-files.ts'
import { deleteFile } from './delete-file.ts'
import { listFiles } from './list-files.ts'
import { listVersions } from './list-versions.ts'
import { readFile } from './read-file.ts'
import { readTexts } from './read-texts.ts'
import { renameFile } from './rename-file.ts'
import { restoreVersion } from './restore-version.ts'
import { saveFile } from './save-file.ts'

export const filesRouter = router({
  list: orgProcedure.input(ListFiles).query(({ ctx, input }) => listFiles(ctx.org, input.workspaceId)),
  read: orgProcedure.input(ReadFile).query(({ ctx, input }) => readFile(ctx.org, input)),
  texts: orgProcedure.input(ListFiles).query(({ ctx, input }) => readTexts(ctx.org, input.workspaceId)),
  save: orgProcedure.input(SaveFile).mutation(({ ctx, input }) => saveFile(ctx.org, input)),
  add: orgProcedure.input(AddFiles).mutation(({ ctx, input }) => addFiles(ctx.org, input)),
  versions: orgProcedure.input(ListVersions).query(({ ctx, input }) => listVersions(ctx.org, input)),
  restore: orgProcedure.input(RestoreVersion).mutation(({ ctx, input }) => restoreVersion(ctx.org, input)),
  rename: orgProcedure.input(RenameFile).mutation(({ ctx, input }) => renameFile(ctx.org, input)),
  delete: orgProcedure.input(DeleteFile).mutation(({ ctx, input }) => deleteFile(ctx.org, input)),
})
