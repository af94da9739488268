/** In bytes of UTF-8. */
export const maxMemoryBytes = 8_192
/** Living memories that one workspace may hold. */
export const maxMemoriesPerWorkspace = 2_000
export const memoryScopes = ['LOCAL', 'TEAM', 'GLOBAL'] as const
export const memoryKinds = ['episodic', 'semantic', 'procedural', 'social'] as const
export const memorySorts = ['newest', 'importance', 'used'] as const
/** So long a tidying can be taken back. */
export const tidyingKeptDays = 30
