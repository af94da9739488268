import type { RolePasswords } from '../kernel/roles.ts'

export const templateName = 'delegraph_template'

/** What the global set-up tells every test file about the server. */
export type TestCluster = { at: string; adminUrl: string; passwords: RolePasswords }

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster
  }
}
