import { type Group } from '@japa/runner/core'
import { execute, identifier, join, rows, sql } from '#core/database'

/** Tables that migrations fill, and their own. */
const kept = [
  'user_types', 'user_statuses', 'genders', 'channels', 'unsubscribe_categories', 'sources', 'coupon_types', 'event_types',
  'mail_providers', 'roles', 'ticket_generators', 'own_relations', 'adonis_schema',
  'adonis_schema_versions',
]

/**
 * For tests that a worker or a browser takes part in: nothing can be rolled back, so all that was written goes, and with it what
 * others put into the queues and nobody worked on.
 */
export function emptied(group: Group) {
  group.setup(empty)
  group.teardown(empty)
}

async function empty() {
  const found = await rows<{ name: string }>(
    sql`select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> all(${kept}::text[]) and c.relname <> 'campaigns'`
  )
  await execute(sql`truncate ${join(found.map(({ name }) => identifier(name)))} restart identity`)
  /** Sources, which are kept, point at them. */
  await execute(sql`update sources set campaign_id = null where campaign_id is not null`)
  await execute(sql`delete from campaigns`)
  await execute(sql`delete from role_rights where role in (select code from roles where not builtin)`)
  await execute(sql`delete from roles where not builtin`)
  await execute(sql`delete from pgboss.job`)
}
