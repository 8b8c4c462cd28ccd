import { Readable } from 'node:stream'
import { store } from '#core/files'
import { applyJob, findImport, planImport, trialJob, type ImportRow, type Settings } from '#core/imports'
import { runNow } from '#core/jobs'
import { objects, type Actor } from '#core/objects'
import { readerFor } from '../../../app/core/imports/settings.js'

export const nobody = { staffId: null }
export const reader = readerFor({ locale: 'en', timezone: 'UTC', currency: 'RUB' })

/** A draft of an import of this text. */
export async function aDraft(object: string, text: string | Buffer, known: Partial<Settings> = {}, actor: Actor = nobody) {
  const fileId = await store(Readable.from([Buffer.from(text)]), { name: 'rows.csv' })
  return planImport(objects.get(object), fileId, reader, actor, known)
}

/** Imports the text at once and answers the row of the import. */
export async function imported(object: string, text: string | Buffer, known: Partial<Settings> = {}, actor: Actor = nobody) {
  const importId = await aDraft(object, text, known, actor)
  await runNow(applyJob, { importId }, { actor, title: 'rows.csv' })
  return (await findImport(importId))!
}

export async function tried(object: string, text: string, known: Partial<Settings> = {}) {
  const importId = await aDraft(object, text, known)
  await runNow(trialJob, { importId }, { actor: nobody, title: 'rows.csv' })
  return (await findImport(importId))!.trial!
}

/** Fields by the columns of the same name, others as said. */
export const columns = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { column: name }]))

export const figures = ({ lines, created, updated, unchanged, rejected }: Pick<ImportRow, 'lines' | 'created' | 'updated' | 'unchanged' | 'rejected'>) => ({
  lines,
  created,
  updated,
  unchanged,
  rejected,
})
