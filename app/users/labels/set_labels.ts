import { recordChangesFrom } from '#core/audit'
import { execute, rows, sql, type Sql, type Transaction } from '#core/database'
import { InvalidFields, type Actor } from '#core/objects'
import { lockPerson } from '../merge/lock_person.js'
import { userLabelled, userUnlabelled } from './signals.js'

/** So much of a label's code is kept. */
const LONGEST = 100
const MOST_AT_ONCE = 50

/** Where a label was said: `back_office`, `import`, `merge`, or the code of a source. */
interface LabelOrigin {
  source: string
  actor?: Actor
}

/** Puts labels on a customer by their codes or names; a label that nobody knew is made. Answers how many the customer had not. */
export async function setLabels(userId: number, labels: string[], origin: LabelOrigin, trx: Transaction): Promise<number> {
  const person = await lockPerson(userId, trx)
  return labelFrom(sql`select ${person}::bigint as user_id, name from unnest(${cleaned(labels)}::text[]) as name`, origin, trx)
}

/** Takes labels off a customer; what they have not, and what is no label, is passed over. Answers how many were taken off. */
export async function removeLabels(user: number, labels: string[], { actor = nobody }: LabelOrigin, trx: Transaction): Promise<number> {
  const userId = await lockPerson(user, trx)
  const gone = await rows<{ id: number; labelId: number }>(
    sql`delete from user_labels u using labels l
      where u.user_id = ${userId} and l.id = u.label_id and exists (select from unnest(${cleaned(labels)}::text[]) as name where ${called})
      returning u.id, u.label_id as "labelId"`,
    trx
  )
  for (const { labelId } of gone) await userUnlabelled.publish({ userId, labelId }, trx)
  await recordChangesFrom(
    { actor, action: 'delete', object: 'user_label' },
    sql`select id, jsonb_build_object('user', ${userId}::bigint, 'label', label) as before, null::jsonb as after
      from unnest(${gone.map(({ id }) => id)}::bigint[], ${gone.map(({ labelId }) => labelId)}::bigint[]) as g (id, label)`,
    trx
  )
  return gone.length
}

/** The same for many customers: `source` selects `user_id` and `name`. */
export async function labelFrom(source: Sql, { source: said, actor = nobody }: LabelOrigin, trx: Transaction): Promise<number> {
  const asked = sql`asked as materialized (${source})`
  await makeMissing(asked, trx)
  const added = await rows<{ id: number; userId: number; labelId: number }>(
    sql`with ${asked}
      insert into user_labels (user_id, label_id, source, staff_id)
      select distinct asked.user_id, l.id, ${said}, ${actor.staffId}::bigint
      from asked cross join lateral (select l.id from labels l where ${calledBy(sql`asked.name`)} order by l.id limit 1) l
      on conflict (user_id, label_id) do nothing
      returning id, user_id as "userId", label_id as "labelId"`,
    trx
  )
  if (!added.length) return 0
  const columns = sql`unnest(${added.map(({ id }) => id)}::bigint[], ${added.map(({ userId }) => userId)}::bigint[],
    ${added.map(({ labelId }) => labelId)}::bigint[]) as a (id, user_id, label_id)`
  await userLabelled.publishFrom(
    sql`select user_id, now() as occurred_at, jsonb_build_object('labelId', label_id) as payload from ${columns}`,
    trx
  )
  await recordChangesFrom(
    { actor, action: 'create', object: 'user_label' },
    sql`select id, null::jsonb as before, jsonb_build_object('user', user_id, 'label', label_id) as after from ${columns}`,
    trx
  )
  return added.length
}

async function makeMissing(asked: Sql, trx: Transaction) {
  await execute(
    sql`with ${asked}, wanted as (select distinct on (lower(name)) name from asked order by lower(name), name)
      insert into labels (code, name_ru, position)
      select name, name, (select coalesce(max(position), 0) from labels) + row_number() over (order by name)
      from wanted where not exists (select from labels l where ${calledBy(sql`wanted.name`)})
      on conflict do nothing`,
    trx
  )
}

/** By its code, or as it is called in either language, whatever the case of its letters; over `l`. */
export const calledBy = (name: Sql) => sql`(l.deleted_at is null and lower(${name}) in (lower(l.code), lower(l.name_ru), lower(l.name_en)))`
const called = calledBy(sql`name`)

/** As labels are kept: one space between words, none around. */
export const singleSpaced = (label: string) => label.normalize('NFC').trim().replace(/\s+/g, ' ')

/** Throws `InvalidFields` at `labels`. */
export function cleaned(labels: string[]): string[] {
  const named = labels.map(singleSpaced).filter(Boolean)
  const kept = named.filter((one, at) => named.findIndex((other) => other.toLowerCase() === one.toLowerCase()) === at)
  if (kept.length > MOST_AT_ONCE) throw InvalidFields.at('labels', 'tooManyLabels', { max: MOST_AT_ONCE })
  if (kept.some((label) => label.length > LONGEST)) throw InvalidFields.at('labels', 'tooLong', { max: LONGEST })
  return kept
}

const nobody: Actor = { staffId: null }
