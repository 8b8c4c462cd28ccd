import { nameFor } from '#core/books'
import { identifier, sql, type Sql } from '#core/database'
import { attributeTitles } from './attribute_titles.js'

/** A `Person` as one jsonb value over the row of `users` with this alias. */
export function personColumn(u: Sql): Sql {
  return sql`jsonb_build_object(
    'id', ${u}.id, 'externalId', ${u}.external_id, 'surname', ${u}.surname, 'givenName', ${u}.given_name,
    'middleName', ${u}.middle_name, 'birthDate', ${u}.birth_date, 'locale', ${u}.locale,
    'gender', ${valueOf('genders', u, sql`gender_id`)}, 'type', ${valueOf('user_types', u, sql`type_id`)},
    'status', ${valueOf('user_statuses', u, sql`status_id`)},
    'registrationSource', ${valueOf('sources', u, sql`registration_source_id`)}, 'attributes', ${u}.attributes ${attributeTitles(u)}
  ) || coalesce((
    select jsonb_object_agg(i.type, i.value) from user_identifiers i
    where i.user_id = ${u}.id and i.active and i.type in ('email', 'phone', 'card')
  ), '{}') || coalesce((
    select jsonb_build_object('receiptsCount', s.receipts_count, 'receiptsTotal', s.receipts_total,
      'firstReceiptAt', s.first_receipt_at, 'lastReceiptAt', s.last_receipt_at)
    from user_stats s where s.user_id = ${u}.id
  ), '{}')`
}

/** A value of a reference book in the language of the customer. */
function valueOf(book: string, u: Sql, column: Sql): Sql {
  return sql`(select ${nameFor(sql`b`, sql`${u}.locale`)} from ${identifier(book)} b where b.id = ${u}.${column})`
}
