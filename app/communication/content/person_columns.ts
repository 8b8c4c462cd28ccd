import { sql, type Sql } from '#core/database'
import { expression, objects } from '#core/objects'
import { referred, toldAttributes, type Telling } from './told_values.js'

const anything = () => true

/** A `Person` as one jsonb value over the row of `users` with this alias; of what is not read, macros get no more than its title. */
export function personColumn(u: Sql, reads: Telling['reads'] = anything): Sql {
  const telling = { locale: sql`${u}.locale`, reads }
  const reference = (name: string) => {
    const field = objects.field(objects.get('user'), name)
    return referred(objects.get(field.to!), expression(field, u), telling)
  }
  return sql`jsonb_build_object(
    'id', ${u}.id, 'externalId', ${u}.external_id, 'surname', ${u}.surname, 'givenName', ${u}.given_name,
    'middleName', ${u}.middle_name, 'birthDate', ${u}.birth_date, 'locale', ${u}.locale,
    'gender', ${reference('gender')}, 'type', ${reference('type')}, 'status', ${reference('status')},
    'registrationSource', ${reference('registrationSource')}, 'attributes', ${u}.attributes ${toldAttributes(u, telling)}
  ) || coalesce((
    select jsonb_object_agg(i.type, i.value) from user_identifiers i
    where i.user_id = ${u}.id and i.active and i.type in ('email', 'phone', 'card')
  ), '{}') || coalesce((
    select jsonb_build_object('receiptsCount', s.receipts_count, 'receiptsTotal', s.receipts_total,
      'firstReceiptAt', s.first_receipt_at, 'lastReceiptAt', s.last_receipt_at)
    from user_stats s where s.user_id = ${u}.id
  ), '{}')`
}
