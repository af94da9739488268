/** No minified function of a dependency is called so. */
const ownName = 'schemasOfOurs'

/**
 * Contracts are shared with the server. What a schema's call gives and nobody in the browser reads is left out, and only that:
 * in our files the name `z` becomes one of its own, and calls on that name are told to be pure. To say it of `z` dropped the
 * calls of any dependency's function that a minifier had named so.
 */
export function pureSchemas() {
  return {
    name: 'pure-schemas',
    enforce: 'pre',
    config: () => ({ build: { rolldownOptions: { treeshake: { manualPureFunctions: [ownName] } } } }),
    transform(code, id) {
      if (id.includes('/node_modules/') || !/\.tsx?$/.test(id) || !importOfZ.test(code)) return undefined
      const renamed = code.replace(importOfZ, `import { z as ${ownName} } from 'zod'`).replace(useOfZ, ownName)
      return { code: renamed, map: null }
    },
  }
}

const importOfZ = /^import \{ z \} from 'zod'$/m
const useOfZ = /(?<![\w$.'"`/])z(?=\s*\.[a-zA-Z])/g
