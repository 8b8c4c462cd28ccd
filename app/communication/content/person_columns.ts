import { sql, type Sql } from '#core/database'

/** A `Person` as one jsonb value over the row of `users` with this alias. */
export function personColumn(u: Sql): Sql {
  return sql`jsonb_build_object(
    'id', ${u}.id, 'externalId', ${u}.external_id, 'surname', ${u}.surname, 'givenName', ${u}.given_name,
    'middleName', ${u}.middle_name, 'birthDate', ${u}.birth_date, 'locale', ${u}.locale,
    'gender', (select g.name from genders g where g.id = ${u}.gender_id),
    'type', (select t.name from user_types t where t.id = ${u}.type_id),
    'status', (select s.name from user_statuses s where s.id = ${u}.status_id),
    'registrationSource', ${u}.registration_source, 'attributes', ${u}.attributes
  ) || coalesce((
    select jsonb_object_agg(i.type, i.value) from user_identifiers i
    where i.user_id = ${u}.id and i.active and i.type in ('email', 'phone', 'card')
  ), '{}') || coalesce((
    select jsonb_build_object('receiptsCount', s.receipts_count, 'receiptsTotal', s.receipts_total,
      'firstReceiptAt', s.first_receipt_at, 'lastReceiptAt', s.last_receipt_at)
    from user_stats s where s.user_id = ${u}.id
  ), '{}')`
}
