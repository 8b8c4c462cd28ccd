import { objects, titles, type Reader } from '#core/objects'

/** Titles of what rows refer to; people besides the one who asked stay numbers. */
export async function titlesOf(object: string, ids: unknown[], reader: Reader): Promise<Map<unknown, string | null>> {
  const to = objects.get(object)
  if (to.name === 'staff' || [...to.fields.values()].some(({ personal }) => personal)) return new Map()
  const wanted = [...new Set(ids)].filter((id): id is number => typeof id === 'number')
  return new Map((await titles(to, wanted, reader)).map(({ id, title }) => [id, title]))
}
