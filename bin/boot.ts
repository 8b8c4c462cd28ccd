import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'

/** Whoever read our words may be gone; that is no reason to end. */
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const appRoot = new URL('../', import.meta.url)

/** What is not finished by then would keep a stopping product, or a port, for no good. */
const LAST_WORDS_MS = 12_000

/**
 * The one place where the application is put together; the web server, the command line and the
 * tests differ in one call after this.
 */
export function ignite() {
  return new Ignitor(appRoot, { importer }).tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    endOnRequest(() => app.terminate())
  })
}

function importer(filePath: string) {
  if (filePath.startsWith('./') || filePath.startsWith('../')) {
    return import(new URL(filePath, appRoot).href)
  }
  return import(filePath)
}

/** A supervisor that was killed cannot send a signal: the channel that closes is the signal. */
function endOnRequest(terminate: () => Promise<void>) {
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), LAST_WORDS_MS).unref()
    await terminate()
    process.exit()
  }

  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  if (process.connected) {
    process.once('disconnect', end)
    process.channel?.unref()
  }
}
