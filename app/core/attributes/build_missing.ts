import { rows, sql } from '#core/database'
import { objects, readChanges } from '#core/objects'
import { allAttributes, type Attribute } from './attribute.js'
import { indexJob } from './index_job.js'
import { indexesFor } from './index_of.js'

/** Has the indexes built that a release asks for and the one before it did not make; whose run is under way is left to it. */
export async function buildMissing() {
  await readChanges()
  const kept = (await allAttributes()).filter(({ object }) => objects.has(object) && objects.get(object).attributes !== 'none')
  const there = await presentIndexes()
  const building = await underWay()
  const lacks = (attribute: Attribute) => indexesFor(attribute).some(({ name }) => !there.has(name)) && !building.has(attribute.id)
  for (const { id, label } of kept.filter(lacks)) {
    await indexJob.start({ attributeId: id }, { actor: { staffId: null }, title: label, subject: { object: 'attribute', id } })
  }
}

async function presentIndexes() {
  const found = await rows<{ name: string }>(
    sql`select c.relname as name from pg_class c join pg_index i on i.indexrelid = c.oid where c.relname like 'attribute\\_%' and i.indisvalid`
  )
  return new Set(found.map(({ name }) => name))
}

async function underWay() {
  const found = await rows<{ id: number }>(
    sql`select (payload ->> 'attributeId')::bigint as id from job_runs where job = ${indexJob.name} and state in ('waiting', 'running', 'stopping')`
  )
  return new Set(found.map(({ id }) => id))
}
