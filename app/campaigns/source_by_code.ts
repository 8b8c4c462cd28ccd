import { createHash, timingSafeEqual } from 'node:crypto'
import { row, sql } from '#core/database'
import { type Source } from '#core/methods'

interface Kept extends Omit<Source, 'opens'> {
  key: Buffer | null
  formerKey: Buffer | null
}

/** An active source, for the public interface. */
export async function sourceByCode(code: string): Promise<Source | undefined> {
  const kept = await row<Kept>(
    sql`select s.id, s.code, s.front_end as "frontEnd", s.origins, s.key_hash as key,
        case when s.former_key_until > now() then s.former_key_hash end as "formerKey",
        case when c.id is not null then jsonb_build_object('id', c.id, 'code', c.code) end as campaign
      from sources s left join campaigns c on c.id = s.campaign_id where s.code = ${code} and s.active`
  )
  if (!kept) return undefined
  const { key, formerKey, ...source } = kept
  return { ...source, opens: (said) => isKey(said, key) || isKey(said, formerKey) }
}

/** Compared in a time that tells nothing of where they differ. */
function isKey(said: string, hash: Buffer | null) {
  return hash !== null && timingSafeEqual(createHash('sha256').update(said).digest(), hash)
}
