import { execute, rows, sql, type Sql, type Transaction } from '#core/database'
import { InvalidValue, text, type FieldDraft } from '#core/objects'
import { wrapped } from './password.js'

const AT_ONCE = 8

/** A SHA-256 that an old system made of a password (S-05): never shown again. */
export function passwordHash(): FieldDraft {
  const plain = text({ secret: true, personal: true })
  const parse = (typed: string) => {
    if (!/^[0-9a-f]{64}$/i.test(typed.trim())) throw new InvalidValue('sha256')
    return typed.trim().toLowerCase()
  }
  return { ...plain, type: { ...plain.type, parse } }
}

/** Lines that bring one for somebody without a password: one that lives is never replaced by a file. */
export const newPasswords = (stage: Sql): Sql => sql`
  select s.line from ${stage} s
  where s."passwordHash" is not null and not exists (select from user_passwords p where p.user_id = s.id)`

/** Keeps them wrapped in argon2id, a few at once: each costs what a password costs. */
export async function keepPasswords(stage: Sql, trx: Transaction) {
  const brought = await rows<{ id: number; hash: string }>(
    sql`select distinct on (s.id) s.id, s."passwordHash" as hash from ${stage} s where s.line in (${newPasswords(stage)}) order by s.id, s.line`,
    trx
  )
  for (let done = 0; done < brought.length; done += AT_ONCE) {
    const few = brought.slice(done, done + AT_ONCE)
    const made = await Promise.all(few.map(({ hash }) => wrapped(hash)))
    await execute(
      sql`insert into user_passwords (user_id, hash, wraps_sha256)
        select id, hash, true from unnest(${few.map(({ id }) => id)}::bigint[], ${made}::text[]) as n (id, hash) on conflict do nothing`,
      trx
    )
  }
}
