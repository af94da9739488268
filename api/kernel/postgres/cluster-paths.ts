import { join } from 'node:path'

/** Where each thing of the embedded database lies below the data folder. */
export type ClusterPaths = ReturnType<typeof clusterPaths>

export function clusterPaths(dataDir: string) {
  const home = join(dataDir, 'postgres')
  return {
    dataDir,
    home,
    cluster: join(home, 'data'),
    log: join(home, 'log.txt'),
    port: join(home, 'port'),
    lock: join(home, 'start-stop.lock'),
    register: join(home, 'in-use-by'),
    programs: join(home, 'programs'),
  } as const
}
