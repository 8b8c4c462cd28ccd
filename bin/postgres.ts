import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { end } from './launcher/processes.ts'
import { guard } from './launcher/postgres/guard.ts'
import { placeFor } from './launcher/postgres/place.ts'
import { initialise, passwordsOf, refuseOtherVersion } from './launcher/postgres/initialise.ts'
import { APPLICATION, prepareDatabase } from './launcher/postgres/superuser.ts'
import { pidOfServer, runningServer, startServer, stopServer } from './launcher/postgres/server.ts'

const USUAL_PORT = 54329
const ANY_PORT = 0

/** How long the web server and the worker of a killed supervisor may use the database on. */
const PATIENCE_SECONDS = { kept: 13, throwaway: 3 }

export interface ClusterOptions {
  /** The folder that holds the data, the log and the passwords. */
  home: string
  /** The file that names, by pid, who answers for this cluster. */
  ownerFile: string
  /** For tests: fast, and gone with its owner. */
  throwaway?: boolean
  /** Where it should listen, if it can. */
  port?: number
  /** Of the server, beyond its usual ones. */
  settings?: Record<string, string>
}

export interface Cluster {
  /** Where the application connects, as the owner of its database but no superuser. */
  url: string
  pid: number
  port: number
  stop(): Promise<void>
}

/** Opens the cluster in a folder, made when it is new and adopted when it runs already. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { home, ownerFile, settings, throwaway = false } = options
  const preferredPort = options.port ?? (throwaway ? ANY_PORT : USUAL_PORT)
  const place = placeFor(home)
  mkdirSync(place.home, { recursive: true, mode: 0o755 })
  if (!existsSync(place.data)) initialise(place, throwaway)
  refuseOtherVersion(place)

  const passwords = passwordsOf(place)
  const { pid, port } =
    (await runningServer(place, passwords)) ??
    (await startServer(place, passwords, { preferredPort, throwaway, settings }))
  const patience = throwaway ? PATIENCE_SECONDS.throwaway : PATIENCE_SECONDS.kept
  const watchdog = guard(pid, place, ownerFile, patience)
  await prepareDatabase(port, passwords)

  return {
    url: `postgres://${APPLICATION}:${passwords.application}@127.0.0.1:${port}/${APPLICATION}`,
    pid,
    port,
    async stop() {
      await stopServer(pid)
      watchdog.dismiss()
    },
  }
}

/** Removes a throwaway cluster, running or not, wherever it had to be put. */
export async function removeCluster(home: string) {
  const place = placeFor(home)
  const pid = pidOfServer(place)
  if (pid) await end(pid, [['SIGQUIT', 5_000]])
  for (const folder of [place.home, home]) {
    rmSync(folder, { recursive: true, force: true })
  }
}
