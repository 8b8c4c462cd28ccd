import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { startWorker, stopWorker } from '#core/jobs'
import { workers } from '#core/modules'

/** The second process of the product: takes jobs and does them until it is asked to stop. */
export default class Work extends BaseCommand {
  static commandName = 'work'
  static description = 'Do the jobs that wait in the queues'
  static options: CommandOptions = { startApp: true, staysAlive: true }

  async run() {
    const others = await Promise.all(workers.map((start) => start()))
    this.app.terminating(async () => {
      await stopWorker()
      await Promise.all(others.map((stop) => stop()))
    })
    await startWorker()
    this.logger.info('the worker is ready')
  }
}
