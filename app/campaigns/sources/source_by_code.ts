import { Remembered, rows, sql } from '#core/database'
import { type Source } from '#core/methods'
import { goodSecrets, isSecretAmong } from '#core/secrets'
import { sourceSecret } from './source_secret.js'

interface Kept extends Omit<Source, 'opens' | 'origins'> {
  sites: string | null
  keys: Buffer[]
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
    sql`select s.id, s.code, s.front_end as "frontEnd", s.sites, ${goodSecrets(sourceSecret, sql`s`)} as keys,
        case when c.id is not null then jsonb_build_object('id', c.id, 'code', c.code) end as campaign
      from sources s left join campaigns c on c.id = s.campaign_id where s.active and s.deleted_at is null`
  )
  return new Map(kept.map((one) => [one.code, opened(one)]))
}

function opened({ keys, sites, ...source }: Kept): Source {
  return { ...source, origins: sites?.split(', ') ?? [], opens: (said) => isSecretAmong(keys, said) }
}
