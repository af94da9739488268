import type { TerminalSize } from '../../sandbox.ts'

/** What is used of a browser container, so that one file alone knows the package it comes from. */
export interface ContainerRuntime {
  readonly fs: ContainerFs
  spawn(command: string, args: string[], options: SpawnOptions): Promise<ContainerProcess>
  on(event: 'server-ready', listener: (port: number, url: string) => void): () => void
  on(event: 'port', listener: (port: number, type: 'open' | 'close') => void): () => void
}

export interface ContainerFs {
  readFile(path: string): Promise<Uint8Array>
  writeFile(path: string, data: Uint8Array): Promise<void>
  readdir(path: string, options: { withFileTypes: true }): Promise<readonly Entry[]>
  mkdir(path: string, options: { recursive: true }): Promise<unknown>
  rm(path: string, options: { recursive: boolean; force: true }): Promise<void>
  watch(path: string, options: { recursive: true }, listener: () => void): { close(): void }
}

export interface ContainerProcess {
  readonly output: ReadableStream<string>
  readonly input: WritableStream<string>
  readonly exit: Promise<number>
  kill(): void
  resize(size: TerminalSize): void
}

type Entry = { readonly name: string; isFile(): boolean; isDirectory(): boolean }
type SpawnOptions = { cwd: string; env?: Record<string, string>; terminal?: TerminalSize }
