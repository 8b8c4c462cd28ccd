import { sql } from '#core/database'
import { candidates, objects, titles, type Field, type Reader } from '#core/objects'
import { type Option } from './subjects.js'

/** Up to so many rows are listed, more are searched (UX, "Select"). */
const FEW = 15

export interface Choices {
  options: Option[]
  /** Where rows are searched, for resources/js/references.js. */
  remote?: Record<string, string>
}

/** What the inputs of one page may choose from; each object is asked for its rows once. */
export class ChoiceLists {
  #few = new Map<string, Promise<Option[] | null>>()

  constructor(readonly reader: Reader) {}

  async of(field: Field, values: string[]): Promise<Choices> {
    if (field.values) return { options: field.values.map((value) => this.#choice(value, field)) }
    if (!field.to || !this.reader.reads(field.to)) return { options: [] }

    const object = objects.get(field.to)
    const few = await this.#fewOf(object.name)
    if (few) return { options: few }
    const ids = values.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0)
    const chosen = ids.length ? await titles(object, ids, this.reader) : []
    const remote = {
      'data-search': `/references/${object.path ?? object.name}`,
      'data-placeholder': this.reader.t('core.search'),
      'data-none': this.reader.t('core.nothingFound'),
    }
    return { options: chosen.map(optionOf), remote }
  }

  #choice(value: string, field: Field): Option {
    return { value, label: field.type.show(value as never, field, this.reader) }
  }

  #fewOf(name: string) {
    if (!this.#few.has(name)) this.#few.set(name, fewRows(name, this.reader))
    return this.#few.get(name)!
  }
}

async function fewRows(name: string, reader: Reader): Promise<Option[] | null> {
  const found = await candidates(objects.get(name), reader, sql`true`, FEW + 1)
  return found.length > FEW ? null : found.map(optionOf)
}

const optionOf = ({ id, title }: { id: number; title: string | null }): Option => ({
  value: String(id),
  label: title ?? `№ ${id}`,
})
