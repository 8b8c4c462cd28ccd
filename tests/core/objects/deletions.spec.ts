import { readFileSync, writeFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { rows, sql } from '#core/database'
import { objects, type ObjectDefinition } from '#core/objects'

/**
 * What becomes of a row that somebody deletes, for every object of the product. `WRITE_DELETION_TABLE=1` writes the table anew; whoever
 * reviews the change sees which object may be deleted now, and whether that can be taken back. Never by hand: logs and what happened
 * (events, deliveries, consents); receipts, which carry money and are reversed; identifiers, which are made inactive (F26); staff, keys
 * and sessions, which are shut. For good: what is a wish of a customer or the address of another system, and would act from the trash.
 */
const written = new URL('deletion_table.txt', import.meta.url)

const fateOf = ({ trash, verbs }: ObjectDefinition) => (trash ? 'trash for 30 days' : verbs?.remove ? 'for good, after a question' : 'never by hand')

function tableOfFates() {
  const declared = objects.all().filter(({ table }) => !table.startsWith('custom.') && !table.startsWith('test_'))
  return declared.map((object) => `${object.name.padEnd(24)}${fateOf(object)}\n`).sort().join('')
}

const inTrash = () => objects.all().filter(({ trash, table }) => trash && !table.startsWith('test_'))

test.group('What can be deleted', () => {
  test('is what the table says, and can be taken back where it says so', ({ assert }) => {
    if (process.env.WRITE_DELETION_TABLE) writeFileSync(written, tableOfFates())
    assert.equal(tableOfFates(), readFileSync(written, 'utf8'))
  })

  test('what has a trash says when a row went there, found by an index', async ({ assert }) => {
    const found = await rows<{ table: string }>(
      sql`select distinct c.relname as "table" from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'deleted_at' and a.attnum = any(i.indkey)`
    )
    assert.includeMembers(found.map(({ table }) => table), inTrash().map(({ table }) => table))
  })

  test('a row in the trash holds no code or name that a new one wants', async ({ assert }) => {
    const held = await rows<{ name: string }>(
      sql`select x.relname as name from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
        where c.relname = any(${inTrash().map(({ table }) => table)}::text[])
          and i.indisunique and not i.indisprimary and coalesce(pg_get_expr(i.indpred, i.indrelid), '') not like '%deleted_at IS NULL%'
        order by 1`
    )
    /** Staff and rights refer to a role by its code, which nobody chooses. */
    assert.deepEqual(held.map(({ name }) => name), ['roles_code_key'])
  })
})
