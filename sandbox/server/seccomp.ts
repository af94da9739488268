/**
 * A filter for the kernel (classic BPF over `struct seccomp_data`): what a program has no business with answers EPERM. It
 * stands behind namespaces and dropped capabilities, for the holes those have had: new user namespaces, io_uring, bpf,
 * keyrings, userfaultfd, other processes' memory. Layout as in linux/seccomp.h and linux/filter.h.
 */
export function seccompProgram(architecture: NodeJS.Architecture): Uint8Array | undefined {
  const machine = machines[architecture]
  if (!machine) return undefined
  const { audit, calls, clone } = machine
  return assemble([
    load(offsets.architecture),
    { code: jumpIfEqual, jt: 1, jf: 0, k: audit },
    answer(killProcess),
    load(offsets.number),
    // Numbers of the x32 world are a second door to the same calls.
    ...(architecture === 'x64' ? [{ code: jumpIfAtLeast, jt: 0, jf: 1, k: 0x40000000 }, answer(killProcess)] : []),
    ...calls.flatMap((number) => [{ code: jumpIfEqual, jt: 0, jf: 1, k: number }, answer(refuse(eperm))]),
    // The C library falls back to clone, whose flags can be read here.
    { code: jumpIfEqual, jt: 0, jf: 1, k: clone3 },
    answer(refuse(enosys)),
    { code: jumpIfEqual, jt: 0, jf: 3, k: clone },
    load(offsets.firstArgument),
    { code: jumpIfAnyBit, jt: 0, jf: 1, k: cloneNewUser },
    answer(refuse(eperm)),
    answer(allow),
  ])
}

type Instruction = { readonly code: number; readonly jt: number; readonly jf: number; readonly k: number }

const offsets = { number: 0, architecture: 4, firstArgument: 16 }
const jumpIfEqual = 0x15
const jumpIfAtLeast = 0x35
const jumpIfAnyBit = 0x45
const allow = 0x7fff0000
const killProcess = 0x80000000
const eperm = 1
const enosys = 38
const clone3 = 435
const cloneNewUser = 0x10000000

function load(offset: number): Instruction {
  return { code: 0x20, jt: 0, jf: 0, k: offset }
}

function answer(value: number): Instruction {
  return { code: 0x06, jt: 0, jf: 0, k: value }
}

function refuse(error: number): number {
  return 0x00050000 | error
}

function assemble(instructions: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(instructions.length * 8)
  const view = new DataView(bytes.buffer)
  for (const [at, { code, jt, jf, k }] of instructions.entries()) {
    view.setUint16(at * 8, code, true)
    view.setUint8(at * 8 + 2, jt)
    view.setUint8(at * 8 + 3, jf)
    view.setUint32(at * 8 + 4, k, true)
  }
  return bytes
}

/** Same number on every machine: io_uring_setup/enter/register, open_tree … mount_setattr, pidfd_getfd. */
const newer = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442]

type Machine = { readonly audit: number; readonly clone: number; readonly calls: readonly number[] }

/**
 * In this order: ptrace, mount, umount2, pivot_root, chroot, swapon, swapoff, reboot, sethostname, setdomainname,
 * init_module, delete_module, finit_module, kexec_load, kexec_file_load, add_key, request_key, keyctl, unshare, setns,
 * perf_event_open, bpf, userfaultfd, name_to_handle_at, open_by_handle_at, process_vm_readv, process_vm_writev, kcmp, acct,
 * quotactl, syslog; then what only that machine has.
 */
const machines: Partial<Record<NodeJS.Architecture, Machine>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    calls: [
      ...[101, 165, 166, 155, 161, 167, 168, 169, 170, 171, 175, 176, 313, 246, 320, 248, 249, 250, 272, 308, 298, 321],
      ...[323, 303, 304, 310, 311, 312, 163, 179, 103, 172, 173, ...newer],
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    calls: [
      ...[117, 40, 39, 41, 51, 224, 225, 142, 161, 162, 105, 106, 273, 104, 294, 217, 218, 219, 97, 268, 241, 280],
      ...[282, 264, 265, 270, 271, 272, 89, 60, 116, ...newer],
    ],
  },
}
