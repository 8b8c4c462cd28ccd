import i18nManager from '@adonisjs/i18n/services/main'
import { execute, sql } from '#core/database'
import { signals } from '#core/signals'

/** Gives every signal that a section declares its event type, called as the language files call it; what staff renamed stays. */
export async function keepEventTypes() {
  const [ru, en] = ['ru', 'en'].map((locale) => i18nManager.locale(locale))
  const declared = signals.all().map(({ name }) => ({ code: name, ru: ru.t(`signals.${name}`), en: en.t(`signals.${name}`) }))
  await execute(
    sql`insert into event_types (code, name_ru, name_en, position)
      select s.code, s.ru, s.en, (select coalesce(max(position), 0) from event_types) + row_number() over ()
      from jsonb_to_recordset(${JSON.stringify(declared)}::jsonb) as s(code text, ru text, en text)
      where not exists (select from event_types known where known.code = s.code)
      on conflict do nothing`
  )
}
