import { execute, sql, type Transaction } from '#core/database'

/** The club of the chain, its documents, and the site by which customers join it: what the example of a front end at /demo needs. */
export async function openShop(trx: Transaction) {
  await execute(
    sql`insert into campaigns (code, name, description, goal, starts_at, needs_phone, main_contact)
      values ('club', 'Клуб «Лавка»', 'Программа для постоянных покупателей: анкета, согласия и личный кабинет на сайте.',
        '1 000 участников за год', now() - interval '1 year', false, 'email')`,
    trx
  )
  /** So that the examples of the interface work as they stand. */
  await execute(sql`update sources set front_end = true where code in ('site', 'app')`, trx)
  await execute(sql`update sources set campaign_id = (select id from campaigns where code = 'club') where code = 'site'`, trx)
  /** The book outlives the demo where tests empty the rest. */
  await execute(
    sql`insert into event_types (code, name_ru, name_en, position, limit_count, limit_days)
      select 'quiz_passed', 'Пройден тест на сайте', 'Quiz passed', coalesce(max(position), 0) + 1, 5, 1 from event_types
      on conflict do nothing`,
    trx
  )
  for (const { kind, name, ru, en } of documents) {
    await execute(
      sql`insert into consent_documents (kind, campaign_id, version, name_ru, name_en, text_ru, text_en, valid_from)
        select ${kind}, case when ${kind} = 'campaign' then c.id end, '1', ${name.ru}, ${name.en}, ${ru}, ${en}, now() - interval '3 years'
        from campaigns c where c.code = 'club'`,
      trx
    )
  }
}

const documents = [
  {
    kind: 'personal_data',
    name: { ru: 'Согласие на обработку персональных данных', en: 'Consent to the processing of personal data' },
    ru: 'Я разрешаю сети «Лавка» хранить и обрабатывать моё имя, контакты и историю покупок, чтобы вести мой личный кабинет. Согласие можно отозвать в любой момент.',
    en: 'I allow the Lavka chain to keep and process my name, contacts and purchases to run my account. I may withdraw this at any time.',
  },
  {
    kind: 'communication',
    name: { ru: 'Согласие на рекламные рассылки', en: 'Consent to advertising' },
    ru: 'Я хочу получать рассказы об акциях и подборки товаров по почте, SMS и в приложении.',
    en: 'I want to get news of promotions and goods by mail, SMS and in the app.',
  },
  {
    kind: 'campaign',
    name: { ru: 'Правила клуба «Лавка»', en: 'Rules of the Lavka club' },
    ru: 'Я прочитал правила клуба и хочу в нём участвовать.',
    en: 'I have read the rules of the club and want to take part.',
  },
]
