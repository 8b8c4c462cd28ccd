import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { store } from '#core/files'
import { reportTo, runNow } from '#core/jobs'
import { settings } from '#core/settings'
import { InvalidFields, objects, readChanges, type Actor, type ObjectDefinition, type Reader } from '#core/objects'
import { applyJob } from './apply_job.js'
import { type Encoding, encodings } from './csv/decode.js'
import { findImport } from './find_import.js'
import { emptyRules, faultsOf, modes, type Source } from './mapping/mapping.js'
import { isTemplate } from './mapping/template.js'
import { look, planImport } from './plan_import.js'
import { sentenceOf } from './rejects.js'
import { readerFor, type Settings } from './settings.js'
import { trialJob } from './trial.js'

/** What was typed at a terminal. */
export interface Typed {
  object: string
  file: string
  map?: string[]
  match?: string
  mode?: string
  empty?: string
  dryRun?: boolean
  timezone?: string
  delimiter?: string
  encoding?: string
  locale?: string
}

/** It cannot be so: the sentence says what can. */
class WrongArgument extends Error {}

const nobody: Actor = { staffId: null }
const named: Record<string, string> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|', '\\t': '\t' }

/** The very import of the pages, worked in this process. Answers what it came to. */
export async function importFromTerminal(typed: Typed, reader: Reader) {
  await readChanges()
  const object = importableObject(typed.object)
  const fileId = await store(createReadStream(typed.file), { name: basename(typed.file), contentType: 'text/csv' })
  const importId = await planImport(object, fileId, reader, nobody, await settingsOf(object, fileId, typed))
  return typed.dryRun ? tryOut(importId, typed.file, reader) : apply(importId, typed.file)
}

/** `user`, `users` or `receipt_line`: objects are called by name or by the address of their section. */
function importableObject(called: string): ObjectDefinition {
  const found = objects.all().find(({ name, path }) => name === called || path === called)
  if (found?.importable) return found
  const names = objects.all().filter(({ importable }) => importable)
  throw new WrongArgument(`"${called}" cannot be imported; these can: ${names.map(({ name }) => name).join(', ')}`)
}

async function settingsOf(object: ObjectDefinition, fileId: number, typed: Typed): Promise<Partial<Settings>> {
  const known = {
    ...given('delimiter', typed.delimiter && (named[typed.delimiter] ?? typed.delimiter)),
    ...given('encoding', oneOf('encoding', typed.encoding, encodings) as Encoding | undefined),
    ...given('mode', oneOf('mode', typed.mode, modes)),
    ...given('empty', oneOf('empty', typed.empty, emptyRules)),
    ...given('timezone', typed.timezone),
  } as Partial<Settings>
  const fields = typed.map?.length ? Object.fromEntries(typed.map.map(readMap)) : undefined
  const mapping = { fields: fields ?? {}, match: typed.match ?? object.importable!.match[0], mode: 'upsert', empty: 'keep' } as const
  if (fields) refuseFaults(object, { ...mapping, ...known }, (await look(fileId, known)).columns)
  return { ...known, ...given('match', typed.match), ...given('fields', fields) }
}

const given = <Value>(name: string, value: Value | undefined) => (value === undefined ? {} : { [name]: value })

function oneOf(name: string, value: string | undefined, known: readonly string[]) {
  if (value === undefined || known.includes(value)) return value
  throw new WrongArgument(`--${name} is one of ${known.join(', ')}`)
}

/**
 * `field=column`, `field=a template with {{ column }}`, `field:code=column` to look a reference up by its code, and `field?=column`
 * to leave a reference empty that is found nowhere.
 */
function readMap(written: string): [string, Source] {
  const parts = /^(\w+)(?::(\w+))?(\?)?=([^]*)$/.exec(written)
  if (!parts) throw new WrongArgument(`"${written}" does not read as field=column`)
  const [, field, by, open, from] = parts
  const source: Source = isTemplate(from) ? { template: from } : { column: from }
  return [field, { ...source, ...given('by', by), ...given('unknown', open && 'empty') }]
}

function refuseFaults(object: ObjectDefinition, mapping: Parameters<typeof faultsOf>[1], columns: string[]) {
  const faults = faultsOf(object, mapping, columns)
  if (Object.keys(faults).length) throw new InvalidFields(faults)
}

async function tryOut(importId: number, title: string, reader: Reader) {
  const started = Date.now()
  await runNow(trialJob, { importId, whole: true }, { actor: nobody, title: basename(title), watcher: reportTo(process.stderr) })
  const { object, trial } = (await findImport(importId))!
  const { created, updated, unchanged, rejected, lines, errors } = trial!
  const sentences = errors.map(({ line, reasons }) => ({ line, reason: sentenceOf(reasons, objects.get(object), reader) }))
  return { created, updated, unchanged, rejected, lines, seconds: secondsSince(started), errors: sentences }
}

async function apply(importId: number, title: string) {
  const started = Date.now()
  const subject = { object: 'import', id: importId }
  const options = { actor: nobody, title: basename(title), subject, watcher: reportTo(process.stderr) }
  await runNow(applyJob, { importId }, options)
  const { created, updated, unchanged, rejected, lines, rejectFileId } = (await findImport(importId))!
  const rejectFile = rejectFileId ? `/imports/${importId}/rejects` : null
  return { import: importId, created, updated, unchanged, rejected, lines, seconds: secondsSince(started), rejectFile }
}

const secondsSince = (moment: number) => Math.round((Date.now() - moment) / 10) / 100

/** Sentences of what cannot be, for a person at a terminal; undefined when it is ours. */
export function explain(error: unknown, reader: Reader): string | undefined {
  if (error instanceof WrongArgument) return error.message
  if (!(error instanceof InvalidFields)) return undefined
  return Object.entries(error.errors)
    .map(([field, { code, params }]) => `${field}: ${reader.t(`validator.${code}`, params)}`)
    .join('\n')
}

export const terminalReader = (typed: Pick<Typed, 'timezone' | 'locale'>): Reader =>
  readerFor({ locale: typed.locale === 'ru' ? 'ru' : 'en', timezone: typed.timezone ?? settings().timezone, currency: settings().currency })
