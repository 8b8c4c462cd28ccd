import { createServer } from 'node:net'

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
