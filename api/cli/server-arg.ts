/** For commands that also work on a server elsewhere. */
export const serverArg = {
  type: 'string',
  description: 'Address of a server elsewhere; the key is taken from DELEGRAPH_API_KEY',
} as const
