import { existsSync } from 'node:fs'

/** Where a program finds its files and begins, inside. */
export const insideFolder = '/home/sandbox'

/** What is started behind the walls, in words of the inside. */
export type Program = {
  /** Outside path → inside path, read-only. */
  readonly binds: readonly (readonly [string, string])[]
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** More of its environment, which no command line may show: every user of a machine reads those. */
  readonly secretEnv?: Readonly<Record<string, string>>
}

export type Confinement = {
  readonly bwrap: string
  readonly program: Program
  /** Files of the group that the process joins before anything else. */
  readonly joinBy: readonly string[]
  /** Bytes each of the two folders that can be written may hold; they count as memory too. */
  readonly diskBytes: number
}

/** Where the seccomp program is handed over: the first descriptor after stdin, stdout and stderr. */
const seccompDescriptor = 3
/** Where bubblewrap reads what no command line may show. */
const secretDescriptor = 4

/**
 * The command line of a confined runtime: no network, no other process to be seen, no way to more rights, the system's
 * programs read-only, and two folders in memory to write to.
 */
export function confinedCommand({ bwrap, program, joinBy, diskBytes }: Confinement): readonly [string, string[]] {
  // The shell joins the groups and becomes bubblewrap, so nothing is ever started outside of its limits. 0 is itself.
  const join = joinBy.map((_, at) => `echo 0 > "$${at + 1}"`).join(' && ')
  const script = `${join} && shift ${joinBy.length} && ulimit -c 0 && ulimit -n 1024 && exec "$@"`
  const size = String(diskBytes)
  const args = [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--uid', '65534', '--gid', '65534', '--cap-drop', 'ALL'],
    ...['--die-with-parent', '--new-session', '--hostname', 'sandbox', '--clearenv'],
    ...systemFolders(),
    ...[
      '--ro-bind-try',
      '/etc/ld.so.cache',
      '/etc/ld.so.cache',
      '--ro-bind-try',
      '/etc/alternatives',
      '/etc/alternatives',
    ],
    ...['--proc', '/proc', '--dev', '/dev', '--size', size, '--tmpfs', '/tmp', '--size', size, '--tmpfs', insideFolder],
    ...program.binds.flatMap(([outside, within]) => ['--ro-bind', outside, within]),
    ...['--remount-ro', '/', '--chdir', insideFolder, '--seccomp', String(seccompDescriptor)],
    ...setEnv({ ...environment, ...program.env }),
    ...(program.secretEnv ? ['--args', String(secretDescriptor)] : []),
  ]
  return ['/bin/sh', ['-c', script, 'confine', ...joinBy, bwrap, ...args, '--', ...program.command]]
}

/** What is handed over at the secret descriptor; undefined where there is nothing to hide. */
export function secretArguments({ secretEnv }: Program): string | undefined {
  return (
    secretEnv &&
    setEnv(secretEnv)
      .map((one) => `${one}\0`)
      .join('')
  )
}

function setEnv(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value])
}

/** A zone by name: who finds none, and no /etc/localtime, reads through every zone file of the system to know its own. */
const environment = {
  ...{ PATH: '/usr/bin:/bin', HOME: insideFolder, TMPDIR: '/tmp', LANG: 'C.UTF-8', NO_COLOR: '1', TZ: 'UTC' },
}

function systemFolders(): string[] {
  const merged = ['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => {
    if (!existsSync(`/${name}`)) return []
    // Where the system has not merged its folders yet, they are folders of their own.
    return existsSync(`/usr/${name}`) ? ['--symlink', `usr/${name}`, `/${name}`] : ['--ro-bind', `/${name}`, `/${name}`]
  })
  return ['--ro-bind', '/usr', '/usr', ...merged]
}
