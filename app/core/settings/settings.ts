import { Remembered, row, sql } from '#core/database'
import { type Reader } from '#core/objects'

type Locale = Reader['locale']

/** What an administrator decides once for everybody. */
export interface Settings {
  companyName: string
  /** IANA name; of new members of staff, and of what belongs to nobody. */
  timezone: string
  /** ISO 4217; amounts of money are shown in it. */
  currency: string
  /** In which pages may be read, the default one first. */
  languages: Locale[]
  /** ISO 3166-1 alpha-2: phones typed without a code are of this country. */
  phoneRegion: string
  /** `#rrggbb`; words on it are white. */
  brandColour: string | null
  /** The address of the logo says which one it is. */
  logo: { version: string } | null
  /** From whom mail of the product itself comes; what the environment says when empty. */
  senderName: string | null
  senderEmail: string | null
}

interface Stored extends Omit<Settings, 'currency' | 'languages' | 'logo'> {
  currency: string | null
  languages: 'both' | Locale
  defaultLanguage: Locale
  logoVersion: string | null
}

const inTheBeginning: Stored = {
  companyName: 'Tessera',
  timezone: 'Europe/Moscow',
  currency: null,
  languages: 'both',
  defaultLanguage: 'ru',
  phoneRegion: 'RU',
  brandColour: null,
  senderName: null,
  senderEmail: null,
  logoVersion: null,
}

const known = new Remembered<Settings>(usable(inTheBeginning), readSettings)

/** As they are now, at most a second old. */
export const settings = (): Settings => known.value

/** Asked at the start of every request and of every job. */
export const refreshSettings = () => known.refresh()

/** The next request reads anew. Called once the change is committed. */
export const outdateSettings = () => known.outdate()

async function readSettings() {
  const stored = await row<Stored>(
    sql`select company_name as "companyName", timezone, currency, languages, default_language as "defaultLanguage",
        phone_region as "phoneRegion",
        brand_colour as "brandColour", sender_name as "senderName", sender_email as "senderEmail",
        (select version from settings_logo) as "logoVersion"
      from settings`
  )
  return usable(stored ?? inTheBeginning)
}

function usable({ currency, languages, defaultLanguage, logoVersion, ...stored }: Stored): Settings {
  const other = defaultLanguage === 'ru' ? 'en' : 'ru'
  return {
    ...stored,
    currency: currency ?? 'RUB',
    languages: languages === 'both' ? [defaultLanguage, other] : [defaultLanguage],
    logo: logoVersion ? { version: logoVersion } : null,
  }
}
