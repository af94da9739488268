import { useMutation } from '@tanstack/react-query'
import type { Dispatch } from 'react'
import type { SaveConflict } from '#shared/files/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import type { EditAction, EditState } from './edit-state.ts'
import type { FileRef } from './use-file.ts'

/** Saves over the version the person started from; a newer one comes back as a conflict, never as an overwrite. */
export function useSaveFile(file: FileRef, state: EditState, dispatch: Dispatch<EditAction>) {
  const mutation = useMutation(
    trpc.files.save.mutationOptions({
      onSuccess: (answer, { text }) => {
        dispatch({ type: 'saved', saved: { version: answer.file.version, text } })
        queryClient.setQueryData(trpc.files.read.queryKey(file), answer)
      },
      onError: (error) => {
        const conflict = readConflict(readProblem(error).data)
        if (conflict) dispatch({ type: 'conflicted', conflict })
      },
    }),
  )
  const problem = mutation.error ? readProblem(mutation.error) : undefined
  return {
    save: (text: string, baseVersion: number = state.base.version) => mutation.mutate({ ...file, text, baseVersion }),
    isSaving: mutation.isPending,
    problem: problem?.code === 'conflict' ? undefined : problem,
  }
}

function readConflict(data: Readonly<Record<string, unknown>> | undefined): SaveConflict | undefined {
  return data && isConflict(data) ? data : undefined
}

function isConflict(data: object): data is SaveConflict {
  return 'theirs' in data && 'base' in data && typeof data.theirs === 'object' && typeof data.base === 'object'
}
