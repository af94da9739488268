/** What this folder uses of a global that only the types of browsers declare. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum: number })
  }
  class Module {
    constructor(bytes: Uint8Array)
  }
}
