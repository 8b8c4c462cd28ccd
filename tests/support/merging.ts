/**
 * A process that does nothing but merge customers, to be killed at its work: `external_id` `kill-<n>-from` into `kill-<n>-into`, one pair
 * after another, from the last number down.
 */
import { ignite } from '../../bin/boot.js'

const app = ignite().createApp('console')
await app.init()
await app.boot()
await app.start(() => {})

const { merge } = await import('#app/users')
const { rows, sql } = await import('#core/database')
const pairs = await rows<{ from: number; into: number }>(
  sql`select f.id as from, i.id as into from users f join users i on i.external_id = replace(f.external_id, '-from', '-into')
    where f.external_id like 'kill-%-from' and f.deleted_at is null order by f.id desc`
)
for (const pair of pairs) await merge(pair, { staffId: null })
process.exit()
