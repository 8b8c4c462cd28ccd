import { BaseModel, column } from '@adonisjs/lucid/orm'
import { type DateTime } from 'luxon'
import { type Reader, type RoleName } from '#core/objects'

export const themes = ['system', 'light', 'dark'] as const
export const locales = ['ru', 'en'] as const

/** A person who works here and signs in. Never deleted, since the audit log names them: made inactive instead. */
export class Staff extends BaseModel {
  static table = 'staff'

  @column({ isPrimary: true })
  declare id: number

  /** Lower case, unique. */
  @column()
  declare email: string

  @column()
  declare name: string

  /** argon2id; `hashOf` makes it. Null until an invitation is accepted. */
  @column({ serializeAs: null })
  declare password: string | null

  @column()
  declare role: RoleName

  /** Said by the session, never stored: see `RightsHolder`. */
  viewingAs?: RoleName

  @column()
  declare locale: Reader['locale']

  @column()
  declare theme: (typeof themes)[number]

  /** Keys of one letter do something. */
  @column()
  declare keyboard: boolean

  /** IANA name. */
  @column()
  declare timezone: string

  @column()
  declare active: boolean

  /** Counted up by PostgreSQL when password, role or activity changes: sessions of an older count are dead. */
  @column()
  declare sessionVersion: number

  @column.dateTime()
  declare credentialsChangedAt: DateTime

  @column.dateTime()
  declare lastSeenAt: DateTime | null

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime({ autoCreate: true, autoUpdate: true })
  declare updatedAt: DateTime
}
