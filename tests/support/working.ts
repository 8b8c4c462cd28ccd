import { type Group } from '@japa/runner/core'
import { startWorker, stopWorker } from '#core/jobs'

/** A worker stands by while the group runs. */
export function working(group: Group) {
  group.setup(async () => {
    await startWorker()
    return stopWorker
  })
}
