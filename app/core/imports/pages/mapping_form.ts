import type { HttpContext } from '@adonisjs/core/http'
import { execute, sql } from '#core/database'
import { readerOf, sentenceOf } from '#core/http'
import { labelOf, objects, type InvalidValue, type Reader } from '#core/objects'
import { latestRun } from '#core/jobs'
import { delimiters } from '../csv/detect.js'
import { encodings } from '../csv/decode.js'
import { emptyRules, faultsOf, keyFields, modes, type Mapping, type Source } from '../mapping/mapping.js'
import { lookupsOf, targetsOf, type Target } from '../mapping/targets.js'
import { look } from '../plan_import.js'
import { sentenceOf as reasonsOf } from '../rejects.js'
import { type Settings } from '../settings.js'
import { type Draft } from './draft_of.js'
import { timezoneIn } from './timezone_in.js'

type Faults = Record<string, InvalidValue>

/** The mapping that the form holds; what was not sent is taken from the draft. */
export function readMapping({ request }: HttpContext, draft: Draft): Mapping {
  const sent = request.input('fields')
  const fields: Record<string, Source> = {}
  for (const { field } of targetsOf(draft.target)) {
    const source = isForm(sent) && isForm(sent[field.name]) ? sourceOf(sent[field.name] as Form) : null
    if (source) fields[field.name] = source
  }
  const one = <Value extends string>(name: string, known: readonly Value[], before: Value) =>
    known.find((value) => value === request.input(name)) ?? before
  const { match, mode, empty } = draft.settings
  const said = request.input('match')
  return {
    fields,
    match: typeof said === 'string' ? said : match,
    mode: one('mode', modes, mode),
    empty: one('empty', emptyRules, empty),
  }
}

type Form = Record<string, unknown>

const isForm = (sent: unknown): sent is Form => typeof sent === 'object' && sent !== null && !Array.isArray(sent)

/** A template that was typed counts more than the column beside it. */
function sourceOf({ column, template, by, unknown }: Form): Source | null {
  const typed = (sent: unknown) => (typeof sent === 'string' && sent !== '' ? sent : undefined)
  if (!typed(template) && !typed(column)) return null
  const from = typed(template) ? { template: typed(template) } : { column: typed(column) }
  return { ...from, by: typed(by), unknown: unknown === 'empty' ? 'empty' : 'reject' }
}

export async function keep(draft: Draft, settings: Partial<Settings>) {
  const all = JSON.stringify({ ...draft.settings, ...settings })
  await execute(
    sql`update imports set settings = ${all}::jsonb, trial = null, updated_at = now() where id = ${draft.id} and state = 'draft'`
  )
}

/** Keeps the mapping that was sent and goes on; one with faults (nothing mapped is one as well) comes back with them instead. */
export async function withSoundMapping(ctx: HttpContext, draft: Draft, goOn: () => Promise<unknown>) {
  const mapping = readMapping(ctx, draft)
  const faults = faultsOf(draft.target, mapping, draft.settings.columns)
  if (Object.keys(faults).length) {
    ctx.response.status(422)
    return mappingPage(ctx, draft, mapping, faults)
  }
  await keep(draft, { ...mapping, timezone: timezoneIn(ctx, draft.settings.timezone) })
  return goOn()
}

/** The page of the second step. */
export async function mappingPage(ctx: HttpContext, draft: Draft, mapping: Mapping = draft.settings, faults: Faults = {}) {
  const reader = readerOf(ctx)
  const { settings, target } = draft
  const errors = Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, sentenceOf(fault, reader)]))
  const { columns, rows } = await look(draft.fileId!, settings)

  const form = {
    settings: { ...settings, ...mapping },
    errors,
    columns,
    rows: rows.map((cells) => cells.map((cell) => cell.slice(0, 80))),
    fields: targetsOf(target).map((one) => fieldOf(one, mapping.fields[one.field.name], reader, errors)),
    matches: matchesOf(draft, reader),
    encodings,
    delimiters: delimiters.map((sign) => ({
      code: String(sign.charCodeAt(0)),
      chosen: sign === settings.delimiter,
      name: reader.t(`import.mapping.delimiters.${names[sign]}`),
    })),
    modes,
    emptyRules,
  }
  return ctx.view.render('imports::mapping', { draft, form, ...(await trialOf(draft, reader)) })
}

/** The trial that is going on, or what the last one said. */
export async function trialOf({ id, trial, target }: Draft, reader: Reader) {
  const run = await latestRun({ object: 'import', id }, 'imports.trial')
  const errors = trial?.errors.map(({ line, reasons }) => ({ line, reason: reasonsOf(reasons, target, reader) }))
  return {
    run: run && !run.finished ? run : null,
    failed: run?.state === 'failed' && !trial ? run : null,
    trial: trial && { ...trial, errors },
  }
}

const names: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' }

function fieldOf({ field }: Target, source: Source | undefined, reader: Reader, errors: Record<string, string>) {
  const lookups = field.to ? lookupsOf(field.to) : []
  return {
    name: field.name,
    label: labelOf(field, reader),
    required: field.required,
    column: source?.column,
    template: source?.template ?? '',
    by: source?.by ?? lookups[0],
    unknown: source?.unknown ?? 'reject',
    lookups: lookups.map((by) => ({ by, label: lookupLabel(field.to!, by, reader) })),
    error: errors[field.name],
  }
}

function lookupLabel(to: string, by: string, reader: Reader) {
  const field = objects.get(to).fields.get(by)
  return field ? labelOf(field, reader) : reader.t('import.mapping.byTitle')
}

function matchesOf({ target, settings }: Draft, reader: Reader) {
  const labels = new Map(targetsOf(target).map(({ field }) => [field.name, labelOf(field, reader)]))
  const keys = new Set([...target.importable!.match, settings.match])
  return [...keys].map((key) => ({ key, label: keyFields(key).map((name) => labels.get(name) ?? name).join(' + ') || reader.t('import.mapping.everyLine') }))
}
