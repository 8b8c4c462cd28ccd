import { type Group } from '@japa/runner/core'
import { startWorker, stopWorker } from '#core/jobs'
import { workers } from '#core/modules'

/** A worker stands by while the group runs, with all that sections run beside it: the capture inbox among them. */
export function working(group: Group) {
  group.setup(async () => {
    await startWorker()
    const others = await Promise.all(workers.map((start) => start()))
    return async () => {
      await stopWorker()
      for (const stop of others) await stop()
      setTimeout(() => console.log('ACTIVE', process.getActiveResourcesInfo()), 8000).unref()
    }
  })
}
