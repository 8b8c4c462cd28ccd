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
export async function removeLabels(user: number, labels: string[], origin: LabelOrigin, trx: Transaction): Promise<number> {
  const person = await lockPerson(user, trx)
  const named = sql`select ${person}::bigint as user_id, l.id as label_id from labels l
    where exists (select from unnest(${cleaned(labels)}::text[]) as name where ${called})`
  return (await takeLabels(named, origin, trx)).length
}

/** The same as `setLabels` for many customers: `source` selects `user_id` and `name`. */
export async function labelFrom(source: Sql, origin: LabelOrigin, trx: Transaction): Promise<number> {
  const asked = sql`asked as materialized (${source})`
  await makeMissing(asked, trx)
  const named = sql`with ${asked} select distinct asked.user_id, l.id as label_id
    from asked cross join lateral (select l.id from labels l where ${calledBy(sql`asked.name`)} order by l.id limit 1) l`
  return (await putLabels(named, origin, trx)).length
}

/** `asked` selects `user_id` and `label_id`, which whoever calls has locked. Answers whose they are that were not there, once for each. */
export async function putLabels(asked: Sql, { source, actor = nobody }: LabelOrigin, trx: Transaction): Promise<number[]> {
  const added = await rows<Labelled>(
    sql`insert into user_labels (user_id, label_id, source, staff_id)
      select asked.user_id, asked.label_id, ${source}, ${actor.staffId}::bigint from (${asked}) asked
      on conflict (user_id, label_id) do nothing
      returning id, user_id as "userId", label_id as "labelId"`,
    trx
  )
  return tell(added, { signal: userLabelled, action: 'create', actor }, trx)
}

/** The same of labels that are taken off. */
export async function takeLabels(asked: Sql, { actor = nobody }: LabelOrigin, trx: Transaction): Promise<number[]> {
  const gone = await rows<Labelled>(
    sql`delete from user_labels u using (${asked}) asked where u.user_id = asked.user_id and u.label_id = asked.label_id
      returning u.id, u.user_id as "userId", u.label_id as "labelId"`,
    trx
  )
  return tell(gone, { signal: userUnlabelled, action: 'delete', actor }, trx)
}

interface Labelled {
  id: number
  userId: number
  labelId: number
}

interface Deed {
  signal: typeof userLabelled
  action: 'create' | 'delete'
  actor: Actor
}

async function tell(labelled: Labelled[], { signal, action, actor }: Deed, trx: Transaction): Promise<number[]> {
  if (!labelled.length) return []
  const these = sql`jsonb_to_recordset(${JSON.stringify(labelled)}::jsonb) as l (id bigint, "userId" bigint, "labelId" bigint)`
  await signal.publishFrom(sql`select l."userId" as user_id, now() as occurred_at, jsonb_build_object('labelId', l."labelId") as payload from ${these}`, trx)
  const said = sql`jsonb_build_object('user', l."userId", 'label', l."labelId")`
  const [before, after] = action === 'create' ? [sql`null::jsonb`, said] : [said, sql`null::jsonb`]
  await recordChangesFrom({ actor, action, object: 'user_label' }, sql`select l.id, ${before} as before, ${after} as after from ${these}`, trx)
  return labelled.map(({ userId }) => userId)
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
