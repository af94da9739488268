/** Runs files; given by whoever knows how. */
export type FileRunner = {
  /** Whether a file of this name is one it runs. */
  can: (path: string) => boolean
  run: (path: string) => void
}
