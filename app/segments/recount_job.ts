import { defineJob } from '#core/jobs'
import { recount } from './recount.js'

/** Recounts a segment. A run that starts again after a dead worker simply counts again. */
export const recountJob = defineJob<{ segmentId: number; timezone: string }>({
  name: 'segments.recount',
  concurrency: 2,
  run: async (run, { segmentId, timezone }) => {
    await run.checkpoint()
    const version = await recount(segmentId, timezone)
    await run.progress(version.count, version.count)
    await run.result({ version: version.version, count: version.count, entered: version.entered, left: version.left_count })
  },
})
