import { ignite } from './boot.js'
import { configure, processCLIArgs, run } from '@japa/runner'
import { prettyPrintError } from '@adonisjs/core'

process.env.NODE_ENV = 'test'

try {
  await ignite()
    .testRunner()
    .configure(async (app) => {
      const { plugins, reporters, setup, configureSuite } = await import('#tests/support/japa')
      processCLIArgs(process.argv.slice(2))
      configure({
        ...app.rcFile.tests,
        plugins: plugins(app),
        reporters,
        setup,
        /** What tests opened on the way, such as the queue of jobs, would keep the process for good. */
        teardown: [() => app.terminate()],
        configureSuite: configureSuite(app),
      })
    })
    .run(() => run())
} catch (error) {
  process.exitCode = 1
  await prettyPrintError(error)
}
