/** The two files every workspace has. Apart from the contract, so that a page can name them without its schemas. */
export const promptPath = 'system-prompt.md'
export const configPath = 'config.yaml'
