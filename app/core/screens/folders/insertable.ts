import type { HttpContext } from '@adonisjs/core/http'
import { everything, filterFrom, groupObject, InvalidFilter, type Group } from '#core/filters'
import { type ObjectDefinition, type Reader } from '#core/objects'
import { onlookerOf } from '../section/object_of.js'
import { folderOf, foldersOf } from './folders.js'

/** Folders that a person may put into a filter, as options of a list. */
export async function insertable(object: ObjectDefinition, staffId: number) {
  const found = await foldersOf(object, staffId)
  return found.map(({ id, name }) => ({ value: String(id), label: name }))
}

/**
 * The folder that was chosen in a form of the builder, and the group into which it goes. It is copied, not referred to: who gets a mail
 * must not change because somebody tidies up a folder, nor be lost with it.
 */
export async function folderToInsert(ctx: HttpContext, name: string, draft: Group, object: ObjectDefinition) {
  const chosen = Object.entries(ctx.request.all()).find(([key, value]) => value && key.startsWith(`${name}-`) && key.endsWith('-folder'))
  if (!chosen) return undefined
  const path = chosen[0].slice(name.length + 1, -'folder'.length).split('-').filter(Boolean).join('.')
  const of = groupObject(draft, object, path)
  const { staff, reader } = onlookerOf(ctx)
  const folder = of && (await folderOf(of, String(chosen[1]), staff.id))
  return folder && { path, filter: readable(folder.filter, of, reader) }
}

/** Conditions that no longer fit the object, or that are not for this reader, are not copied on. */
function readable(text: string, object: ObjectDefinition, reader: Reader): Group {
  try {
    return filterFrom(text, object, reader)
  } catch (error) {
    if (error instanceof InvalidFilter) return everything
    throw error
  }
}
