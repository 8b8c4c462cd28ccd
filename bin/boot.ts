import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'

const appRoot = new URL('../', import.meta.url)

function importer(filePath: string) {
  if (filePath.startsWith('./') || filePath.startsWith('../')) {
    return import(new URL(filePath, appRoot).href)
  }
  return import(filePath)
}

/**
 * The one place where the application is put together; the web server, the command line and the
 * tests differ in one call after this.
 */
export function ignite() {
  return new Ignitor(appRoot, { importer }).tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    app.listen('SIGTERM', () => app.terminate())
    app.listen('SIGINT', () => app.terminate())
    endWithSupervisor(() => app.terminate())
  })
}

/** A supervisor that was killed cannot signal its children: its closed channel is the signal. */
function endWithSupervisor(terminate: () => Promise<void>) {
  if (!process.connected) {
    return
  }
  process.once('disconnect', () => void terminate())
  process.channel?.unref()
}
