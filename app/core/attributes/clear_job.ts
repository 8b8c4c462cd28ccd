import { identifier, row, sql, transaction } from '#core/database'
import { defineJob } from '#core/jobs'
import { objects } from '#core/objects'

const BATCH = 5_000

/** Takes the values of a deleted attribute out of the rows, so that another of the same name never finds them. Begun anew, it finds less; where the field is there again, nothing. */
export const clearJob = defineJob<{ object: string; name: string }>({
  name: 'attributes.clear',
  async run(run, { object, name }) {
    if (!objects.has(object)) return
    const table = identifier(objects.get(object).table)
    let cleared = 0
    for (let after = 0; ; ) {
      await run.checkpoint()
      const batch = await transaction((trx) =>
        row<{ last: number | null; cleared: number }>(
          sql`with batch as (
              select id, attributes ? ${name} as holds from ${table}
              where id > ${after} and not exists (select from attributes a where a.object = ${object} and a.name = ${name})
              order by id limit ${BATCH}
            ),
            emptied as (
              update ${table} t set attributes = t.attributes - ${name}::text from batch b where t.id = b.id and b.holds returning 1
            )
            select (select max(id) from batch) as last, (select count(*) from emptied) as cleared`,
          trx
        )
      )
      if (!batch?.last) break
      after = batch.last
      cleared += batch.cleared
      await run.progress(cleared)
    }
    await run.result({ cleared })
  },
})
