import { type Group } from '@japa/runner/core'
import { startWorker, stopWorker } from '#core/jobs'
import { workers } from '#core/modules'

/** A worker stands by while the group runs, and with it what sections run beside it, such as the capture inbox. */
export function working(group: Group) {
  group.setup(async () => {
    await startWorker()
    const others = await Promise.all(workers.map((start) => start()))
    return async () => {
      await stopWorker()
      for (const stop of others) await stop()
    }
  })
}
