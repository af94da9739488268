import { AppError } from '#shared/kernel/app-error.ts'

export function noWorkspace(): AppError {
  return new AppError('not-found', 'There is no such workspace.')
}

export function noFile(path: string): AppError {
  return new AppError('not-found', `There is no file ${path} in this workspace.`)
}
