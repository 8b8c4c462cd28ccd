import { copyOut, row, sql } from '#core/database'
import { everything } from '#core/filters'
import { objects } from '#core/objects'
import { type Exported, type Written } from '../../app/core/exports/exported.js'
import { writeCsv } from '../../app/core/exports/write_csv.js'
import { writeXlsx } from '../../app/core/exports/write_xlsx.js'
import { drain } from './drain.js'
import { race } from './race.js'
import { reader } from './reader.js'

/** A list of everybody as a file, beside COPY of the same columns; the workbook also has to stay small in memory. */
export default async function exports() {
  const { count } = (await row<{ count: number }>(sql`select count(*) as count from users`))!
  for (const [format, write, atMost] of [['csv', writeCsv, 4], ['xlsx', writeXlsx, 40]] as const) {
    let most = 0
    const watching = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50)
    await race({
      name: `${format} of ${count.toLocaleString('en')} users`,
      target: { atMost },
      bare: async () => drain(await copyOut(sql`select id, created_at, surname, given_name, type_id, birth_date, is_test from users order by created_at desc`)),
      ours: () => taken(write),
    })
    clearInterval(watching)
    console.log(`  rss at most ${Math.round(most / 1024 / 1024)} MB`)
  }
}

async function taken(write: (exported: Exported) => Written) {
  const columns = ['id', 'createdAt', 'surname', 'givenName', 'type', 'birthDate', 'isTest']
  const view = { filter: everything, search: '', sort: '-createdAt', columns, format: 'csv' as const, delimiter: ';' as const }
  const { chunks } = write({ object: objects.get('user'), view, reader, onRows: async () => {} })
  for await (const _chunk of chunks);
}
