export const maxSnapshotsPerOrg = 20
/** Of a snapshot's file, compressed. */
export const maxSnapshotBytes = 128 * 1024 * 1024
/** Of its contents: a small file can hold more than any memory. */
export const maxSnapshotRawBytes = 2 * 1024 * 1024 * 1024
