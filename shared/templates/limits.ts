/** What a template may hold; said in words where it holds more. */
export const maxFolderFiles = 5_000
export const maxFolderBytes = 32 * 1_048_576
