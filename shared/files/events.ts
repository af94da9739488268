import { z } from 'zod'
import { FileId, WorkspaceId } from '../kernel/ids.ts'

const file = { workspaceId: WorkspaceId, fileId: FileId, path: z.string() }

export const fileEvents = [
  z.object({ type: z.literal('file.saved'), payload: z.object({ ...file, version: z.int().positive() }) }),
  z.object({ type: z.literal('file.renamed'), payload: z.object({ ...file, fromPath: z.string() }) }),
  z.object({ type: z.literal('file.deleted'), payload: z.object(file) }),
] as const
