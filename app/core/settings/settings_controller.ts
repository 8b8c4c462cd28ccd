import { readFile, unlink } from 'node:fs/promises'
import type { HttpContext } from '@adonisjs/core/http'
import { execute, sql, transaction } from '#core/database'
import { actorOf, goTo, readerOf, sentenceOf, toast } from '#core/http'
import { edit, find, InvalidFields, plain, typed, type Actor, type Values } from '#core/objects'
import { formOf, refusedForm, type Form } from '#core/screens'
import { dropLogo, keepLogo, LARGEST_BYTES } from './logo/keep_logo.js'
import { settings } from './settings.js'
import { settingsObject } from './settings_object.js'

const NAMES = ['companyName', 'timezone', 'currency', 'languages', 'defaultLanguage', 'phoneRegion', 'brandColour', 'senderName', 'senderEmail']

/** What holds for everybody: the company, its looks, its language, money and time. */
export default class SettingsController {
  async show(ctx: HttpContext) {
    return page(ctx, await formOf(settingsObject, NAMES, await current(), readerOf(ctx)))
  }

  async update(ctx: HttpContext) {
    const reader = readerOf(ctx)
    const sent = ctx.request.only(NAMES)
    try {
      const values = typed(settingsObject, NAMES, sent, reader)
      await save(values, await logoOf(ctx), actorOf(ctx))
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      const { logo, ...errors } = error.errors
      const form = await refusedForm(settingsObject, NAMES, sent, new InvalidFields(errors), reader)
      return page(ctx, form, logo && sentenceOf(logo, reader))
    }
    toast(ctx, reader.t('core.saved'))
    return goTo(ctx, '/settings')
  }
}

/** All or nothing; `null` takes the logo away, undefined leaves it. */
async function save(values: Values, logo: Buffer | null | undefined, actor: Actor) {
  await transaction(async (trx) => {
    await execute(sql`insert into settings default values on conflict do nothing`, trx)
    await edit(settingsObject, 1, values, actor, trx)
    if (logo) await keepLogo(logo, actor, trx)
    else if (logo === null) await dropLogo(actor, trx)
  })
}

async function logoOf({ request }: HttpContext): Promise<Buffer | null | undefined> {
  const file = request.file('logo')
  if (!file?.tmpPath) return request.input('withoutLogo') === '1' ? null : undefined
  try {
    if (file.size > LARGEST_BYTES) throw InvalidFields.at('logo', 'fileTooLarge', { kilobytes: LARGEST_BYTES / 1024 })
    return await readFile(file.tmpPath)
  } finally {
    await unlink(file.tmpPath)
  }
}

async function current(): Promise<Values> {
  const { companyName, timezone, currency, languages, phoneRegion } = settings()
  const stored = await find(settingsObject, 1, plain)
  return { companyName, timezone, phoneRegion, languages: 'both', defaultLanguage: languages[0], ...stored, currency }
}

async function page(ctx: HttpContext, form: Form, logoProblem?: string) {
  for (const input of form.inputs) Object.assign(input.attributes, extras[input.name])
  const history = Boolean(await find(settingsObject, 1, plain, ['id']))
  return ctx.view.render('settings::page', { history, form, logoProblem, logo: settings().logo })
}

/** What the inputs of these fields have beside what their type gives them. */
const extras: Record<string, Record<string, string>> = {
  brandColour: { placeholder: '#3d55cf', spellcheck: 'false' },
}
