/** A data key as it is kept: wrapped by a key that never leaves its provider; `keyId` says by which version of it. */
export type WrappedKey = { keyId: string; wrapped: Uint8Array }

/** What keeps the one key that wraps all data keys: a file of this machine, or a key management service. */
export type KeyProvider = {
  /** `local`, `aws-kms`, `gcp-kms` or `vault`. */
  readonly name: string
  /** Wraps 32 bytes with the current key. Throws unavailable when the provider cannot be reached or refuses. */
  wrap(dataKey: Uint8Array): Promise<WrappedKey>
  /** Unwraps what any version of the key has wrapped; throws when it was changed, or its key is gone. */
  unwrap(kept: WrappedKey): Promise<Uint8Array>
  /** Wraps the same data key by the current key; a service may do it without letting the data key out. */
  rewrap?(kept: WrappedKey): Promise<WrappedKey>
  /** Makes a key that wraps from now on. Only where it is ours to make; a service rotates its keys itself. */
  renewKey?(): string
}
