import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from './refusal.ts'

/** Whether nobody listens there yet. Errors other than "taken", such as a foreign host, are thrown. */
export function isFree(port: number, host = '127.0.0.1') {
  return new Promise<boolean>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error)
    )
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** The port one would like, or any other when it is taken. */
export async function freePort(preferred = 0) {
  return preferred && (await isFree(preferred)) ? preferred : anyFreePort()
}

function anyFreePort() {
  return new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Returns when one may listen there. After a kill the former owner may still be letting go. */
export async function claimPort(host: string, port: number, patienceMs: number) {
  const deadline = Date.now() + patienceMs
  while (!(await isFree(port, host).catch(refuseHost))) {
    if (Date.now() >= deadline) {
      throw new Refusal(
        `Port ${port} on ${host} is taken by another program. ` +
          `Choose another one: PORT=${port + 1} npm start`
      )
    }
    await pause(200)
  }

  function refuseHost({ message }: Error): never {
    throw new Refusal(`Nothing can listen on ${host}, port ${port}: ${message}`)
  }
}
