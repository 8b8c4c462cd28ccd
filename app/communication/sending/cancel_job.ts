import { execute, rows, sql } from '#core/database'
import { defineJob } from '#core/jobs'

/** Marks what a cancelled send leaves unsent, chunk by chunk. */
export const cancelJob = defineJob<{ send: number }>({
  name: 'communication.cancel',
  retries: 5,
  async run(run, { send: id }) {
    const chunks = await rows<{ chunk: number; from: number; to: number }>(
      sql`select chunk, from_user as "from", to_user as "to" from delivery_chunks where send_id = ${id} and not done order by chunk`
    )
    for (const [index, { chunk, from, to }] of chunks.entries()) {
      await run.checkpoint()
      await execute(
        sql`update deliveries set state = 'cancelled', updated_at = now()
          where send_id = ${id} and user_id between ${from} and ${to} and state in ('queued', 'deferred')`
      )
      await execute(sql`update delivery_chunks set done = true where send_id = ${id} and chunk = ${chunk}`)
      await run.progress(index + 1, chunks.length)
    }
  },
})
