/** Where a program finds the files it was given. */
export const filesInside = '/srv/given'

/** Where a program finds its folder of this machine: under its own last name, for packages find each other by `node_modules`. */
export function folderInside(folder: string): string {
  const name = folder.split('/').findLast((part) => part !== '') ?? ''
  const plain = name.replaceAll(/[^A-Za-z0-9._-]/g, '_')
  return `/srv/${plain === '' || plain.startsWith('.') || plain === 'given' ? 'folder' : plain}`
}
