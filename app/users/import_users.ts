import { join, quotedName, sql, type Sql } from '#core/database'
import { flag, InvalidFields, InvalidValue, text, type FieldDraft, type ImportRules } from '#core/objects'
import { keepPasswords, newPasswords, passwordHash } from './accounts/import_passwords.js'
import { EARLIEST_BIRTH } from './defaults.js'
import { erasedHash } from './erasure/erased_hash.js'
import { keepImportedConsents, withdrawnConsents, withdrawnPeople } from './consents/keep_consents.js'
import { keepBrought } from './identifiers/keep_brought.js'
import { normalise } from './identifiers/normalise.js'
import { calledBy, cleaned, labelFrom } from './labels/set_labels.js'

/** Addresses that a file of customers may bring, each becoming a row of `user_identifiers`. */
const addresses = ['email', 'phone', 'card'] as const

/** Customers from a file: their own fields, and mail, phone and card with them (F114). */
export const importRules: ImportRules = {
  match: ['externalId', 'id', ...addresses],
  remembered: true,
  extra: {
    ...Object.fromEntries(addresses.map((type) => [type, address(type)])),
    emailConfirmed: flag(),
    phoneConfirmed: flag(),
    labels: { ...text(), type: { ...text().type, parse: labelsTyped } },
    passwordHash: passwordHash(),
  },
  find: Object.fromEntries(addresses.map((type) => [type, (cell: Sql) => ownerOf(type, cell)])),
  refuse: refusedLines,
  changed: newAddresses,
  apply: async (stage, mapped, trx, actor) => {
    await keepImportedConsents(stage, mapped, actor, trx)
    for (const type of addresses.filter((known) => mapped.includes(known))) {
      await keepBrought(type, brought(type, stage, mapped), actor, trx)
    }
    if (mapped.includes('passwordHash')) await keepPasswords(stage, trx)
    if (mapped.includes('labels')) await labelFrom(labelled(stage), { source: 'import', actor }, trx)
  },
}

/** Several labels in one cell: `VIP; likes offers`. */
function labelsTyped(typed: string): string {
  try {
    return cleaned(typed.split(';')).join(';')
  } catch (error) {
    throw error instanceof InvalidFields ? error.errors.labels : error
  }
}

const labelled = (stage: Sql) =>
  sql`select s.id as user_id, name from ${stage} s cross join lateral unnest(string_to_array(s.labels, ';')) as name where s.labels <> ''`

function address(type: string): FieldDraft {
  const plain = text({ personal: true })
  const parse = (typed: string) => {
    const value = normalise(type, typed)
    if (!value) throw new InvalidValue('identifier')
    return value
  }
  return { ...plain, type: { ...plain.type, parse } }
}

function ownerOf(type: string, cell: Sql): Sql {
  return sql`(select o.user_id from identifier_owners o where o.type = ${type} and o.value = ${cell})`
}

function refusedLines(stage: Sql, mapped: string[]): Sql {
  return join([erasedPeople(stage), withdrawnPeople(stage), ...foreignAddresses(stage, mapped), ...withdrawnConsents(stage, mapped), ...unbornPeople(stage, mapped)], ' union all ')
}

/** Lines of an old file that know somebody by the number under which they were erased. */
const erasedPeople = (stage: Sql) =>
  sql`select s.line, 'id' as field, 'erased' as code from ${stage} s join users u on u.id = s.id and u.erased_at is not null`

/** As people who type a birthday are refused it (`defaultsOfUser`). */
const unbornPeople = (stage: Sql, mapped: string[]) =>
  mapped.includes('birthDate')
    ? [sql`select s.line, 'birthDate' as field, 'birthDate' as code from ${stage} s where not s."birthDate" between ${EARLIEST_BIRTH}::date and current_date`]
    : []

/**
 * An address that another customer has, that two customers of one batch bring (the first line keeps it), that is in the stop list and not
 * theirs yet, or that was of somebody who was erased: they are asked before.
 */
function foreignAddresses(stage: Sql, mapped: string[]): Sql[] {
  return addresses
    .filter((type) => mapped.includes(type))
    .map((type) => {
      const cell = quotedName(type)
      return sql`
        select s.line, ${type} as field, 'anotherOwner' as code
        from ${stage} s
        join identifier_owners o on o.type = ${type} and o.value = s.${cell}
        where o.user_id is distinct from s.id
        union all
        select later.line, ${type}, 'repeatedAddress'
        from (
          select s.line, s.key, first_value(s.key) over (partition by s.${cell} order by s.line) as first_key
          from ${stage} s where s.${cell} is not null
        ) later
        where later.key <> later.first_key
        union all
        select s.line, ${type}, 'stopped'
        from ${stage} s join stop_list b on b.type = ${type} and b.value = s.${cell}
        where not exists (select from identifier_owners o where o.type = b.type and o.value = b.value and o.user_id = s.id)
        union all
        select s.line, ${type}, 'erased'
        from ${stage} s join erased_identifiers e on e.hash = ${erasedHash(sql`${type}::text`, sql`s.${cell}`)}`
    })
}

/** Lines that bring an address which the customer has not, or a confirmation of one. */
function newAddresses(stage: Sql, mapped: string[]): Sql {
  const news = addresses
    .filter((type) => mapped.includes(type))
    .map((type) => {
      const confirmed = confirmation(type, mapped)
      return sql`
        select s.line from ${stage} s
        where s.${quotedName(type)} is not null and not exists (
          select 1 from user_identifiers i
          where i.user_id = s.id and i.type = ${type} and i.value = s.${quotedName(type)}
            and (i.confirmed or not ${confirmed})
        )`
    })
  if (mapped.includes('passwordHash')) news.push(newPasswords(stage))
  if (mapped.includes('labels')) {
    news.push(sql`
      select s.line from (select b.line, b.id, unnest(string_to_array(b.labels, ';')) as name from ${stage} b) s
      where not exists (
        select from user_labels u join labels l on l.id = u.label_id
        where u.user_id = s.id and ${calledBy(sql`s.name`)}
      )`)
  }
  return news.length ? join(news, ' union ') : sql`select null::bigint as line where false`
}

/** What the file says of an address being confirmed; nothing said is no. */
function confirmation(type: string, mapped: string[]): Sql {
  const named = `${type}Confirmed`
  return mapped.includes(named) ? sql`coalesce(s.${quotedName(named)}, false)` : sql`false`
}

/** What a batch says of the addresses of one type, one row a customer. */
function brought(type: string, stage: Sql, mapped: string[]): Sql {
  const cell = quotedName(type)
  return sql`select distinct on (s.id) s.id as user_id, s.${cell} as value, ${confirmation(type, mapped)} as confirmed
    from ${stage} s where s.${cell} is not null order by s.id, s.line desc`
}
