import { Remembered, row, rows, sql, type Transaction } from '#core/database'
import { type Source } from '#core/methods'
import { goodSecrets, isSecretAmong, signingSecretFrom, unsealed } from '#core/secrets'
import { callbackSecret } from './callback_secret.js'
import { sourceSecret } from './source_secret.js'

interface Kept extends Omit<Source, 'opens' | 'holdKeys' | 'secretsOf' | 'origins'> {
  sites: string | null
  keys: Buffer[]
  /** What the secrets of its callbacks follow from, sealed. */
  roots: string[]
}

/** All of them: they are few, and every call asks for one. */
const sources = new Remembered<Map<string, Source>>(new Map(), readSources)

/** An active source, for the public interface. */
export async function sourceByCode(code: string): Promise<Source | undefined> {
  await sources.refresh()
  return sources.value.get(code)
}

export const outdateSources = () => sources.outdate()

async function readSources() {
  const kept = await rows<Kept>(
    sql`select s.id, s.code, s.front_end as "frontEnd", s.sites, ${goodSecrets(sourceSecret, sql`s`)} as keys, ${goodSecrets(callbackSecret, sql`s`)} as roots,
        case when c.id is not null then jsonb_build_object('id', c.id, 'code', c.code) end as campaign
      from sources s left join campaigns c on c.id = s.campaign_id where s.active and s.deleted_at is null`
  )
  return new Map(kept.map((one) => [one.code, opened(one)]))
}

function opened({ keys, sites, roots, ...source }: Kept): Source {
  const known = roots.map(unsealed).filter((root) => root !== null)
  return {
    ...source,
    origins: sites?.split(', ') ?? [],
    opens: (said) => isSecretAmong(keys, said),
    holdKeys: (trx) => holdKeys(source.id, keys, trx),
    secretsOf: (callback) => known.map((root) => signingSecretFrom(root, callback)),
  }
}

async function holdKeys(id: number, keys: Buffer[], trx: Transaction): Promise<boolean> {
  const held = await row(sql`select from sources s where s.id = ${id} and ${goodSecrets(sourceSecret, sql`s`)} && ${keys}::bytea[] for share`, trx)
  return held !== undefined
}
