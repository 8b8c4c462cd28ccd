import { createHash } from 'node:crypto'
import { recordChange } from '#core/audit'
import { execute, row, sql, type Transaction } from '#core/database'
import { InvalidFields, type Actor } from '#core/objects'
import { outdateSettings } from '../settings.js'
import { recognise, type Picture } from './recognise.js'

export const LARGEST_BYTES = 512 * 1024
const WIDEST = 2000

/** Keeps a picture as the logo. Throws `InvalidFields` at `logo`. */
export async function keepLogo(content: Buffer, actor: Actor, trx: Transaction) {
  const { type, width, height } = checked(content)
  const version = createHash('sha256').update(content).digest('base64url').slice(0, 16)
  await execute(
    sql`insert into settings_logo (type, version, content) values (${type}, ${version}, ${content})
      on conflict (id) do update set type = excluded.type, version = excluded.version, content = excluded.content, created_at = now()`,
    trx
  )
  await told(actor, { logo: `${type}, ${width} x ${height}` }, trx)
}

export async function dropLogo(actor: Actor, trx: Transaction) {
  const dropped = await execute(sql`delete from settings_logo`, trx)
  if (dropped) await told(actor, { logo: null }, trx)
}

export async function readLogo(version: string) {
  return row<{ type: Picture['type']; content: Buffer }>(sql`select type, content from settings_logo where version = ${version}`)
}

/** A head that promises many pixels would fill the memory of whoever looks at it. */
function checked(content: Buffer): Picture {
  if (content.length > LARGEST_BYTES) throw InvalidFields.at('logo', 'fileTooLarge', { kilobytes: LARGEST_BYTES / 1024 })
  const picture = recognise(content)
  if (!picture) throw InvalidFields.at('logo', 'noPicture')
  if (Math.max(picture.width, picture.height) > WIDEST) throw InvalidFields.at('logo', 'tooManyPixels', { widest: WIDEST })
  return picture
}

async function told(actor: Actor, after: Record<string, unknown>, trx: Transaction) {
  await recordChange({ actor, action: 'edit', object: 'settings', id: 1, after }, trx)
  trx.after('commit', outdateSettings)
}
