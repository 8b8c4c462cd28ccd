import { labelOf, objects, titles, type ObjectDefinition, type Reader } from '#core/objects'

export interface Known {
  /** References and choices that the form was opened with. */
  values: Record<string, number | string>
  shown: { name: string; value: number | string; title: string; label: string }[]
}

/** What an address gives to a new row: "+" on a card knows to whom the row will belong, and to which table a field. */
export async function prefilled(object: ObjectDefinition, query: Record<string, unknown>, reader: Reader): Promise<Known> {
  const known: Known = { values: {}, shown: [] }
  for (const name of object.create ?? []) {
    const field = objects.field(object, name)
    const chosen = field.values?.find((value) => value === query[name])
    if (chosen) {
      known.values[name] = chosen
      known.shown.push({ name, value: chosen, title: field.type.show(chosen as never, field, reader), label: labelOf(field, reader) })
      continue
    }
    const asked = field.to && reader.reads(field.to) && /^[1-9]\d{0,14}$/.test(String(query[name]))
    const [row] = asked ? await titles(objects.get(field.to!), [Number(query[name])], reader) : []
    if (!row) continue
    known.values[name] = row.id
    known.shown.push({ name, value: row.id, title: row.title ?? `№ ${row.id}`, label: labelOf(field, reader) })
  }
  return known
}
