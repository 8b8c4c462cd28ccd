import { execute, identifier, sql, type Sql, type Transaction } from '#core/database'
import { type Actor, type Values } from '#core/objects'

/** Kinds of the log by the column that holds the present value (F34, F35). */
const consents = { personalDataAgree: 'personal_data', communicationAgree: 'communication' } as const

/** Writes the consents that an edit touched to the append-only log, when they differ from the last word in it. */
export async function keepConsents(id: number, values: Values, trx: Transaction, actor: Actor) {
  for (const [field, kind] of Object.entries(consents)) {
    if (!(field in values)) continue
    await execute(
      sql`insert into consent_log (user_id, kind, value, source, ip, staff_id)
        select ${id}, ${kind}, ${values[field]}::boolean, 'back_office', ${actor.ip ?? null}, ${actor.staffId}
        where ${values[field]}::boolean is distinct from ${lastWord(sql`${id}`, kind)}`,
      trx
    )
  }
}

/** The same for a batch of an import, as one statement a kind. */
export async function keepImportedConsents(stage: Sql, mapped: string[], trx: Transaction) {
  for (const [field, kind] of Object.entries(consents)) {
    if (!mapped.includes(field)) continue
    const column = identifier(field === 'personalDataAgree' ? 'personal_data_agree' : 'communication_agree')
    await execute(
      sql`insert into consent_log (user_id, kind, value, source)
        select u.id, ${kind}, u.${column}, 'import' from users u
        where u.id in (select id from ${stage}) and u.${column} is distinct from ${lastWord(sql`u.id`, kind)}`,
      trx
    )
  }
}

/** What the log says at last; nobody who was never asked has agreed. */
function lastWord(user: Sql, kind: string): Sql {
  return sql`coalesce((
    select l.value from consent_log l where l.user_id = ${user} and l.kind = ${kind} order by l.id desc limit 1
  ), false)`
}
