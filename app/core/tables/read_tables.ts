import { allAttributes, said, speak, type Words } from '#core/attributes'
import { menu } from '#core/modules'
import { objects } from '#core/objects'
import { allTables, type CustomTable } from './custom_table.js'
import { objectOfTable } from './object_of_table.js'

/** Names of the objects that are there because of a row. */
let registered = new Set<string>()

/** Puts every custom table into the registry and into the menu, and takes out those that are no more. Attributes come after. */
export async function readTables() {
  const [tables, attributes] = await Promise.all([allTables(), allAttributes()])
  const names = new Set(tables.map(({ name }) => name))
  const there = (name: string) => names.has(name) || (objects.has(name) && !registered.has(name))

  for (const name of registered) if (!names.has(name)) objects.remove(name)
  for (const table of tables) {
    const own = attributes.filter(({ object, target }) => object === table.name && (!target || there(target)))
    objects.add(objectOfTable(table, own))
  }
  enterMenu(tables)
  speak('tables', wordsOf(tables))
  registered = names
}

function enterMenu(tables: CustomTable[]) {
  const others = menu.filter(({ object }) => !object || !registered.has(object))
  const entries = tables.map(({ menuGroup: group, name, path }) => ({ group, name, path: `/${path}`, object: name }))
  menu.splice(0, menu.length, ...others, ...entries)
}

const EMPTY = 'custom_table.noRows'

function wordsOf(tables: CustomTable[]) {
  const words = new Map<string, Words>()
  for (const { name, one, many, oneEn, manyEn } of tables) {
    words.set(`${name}.one`, { ru: one, en: oneEn })
    words.set(`${name}.many`, { ru: many, en: manyEn })
    words.set(`menu.${name}`, { ru: many, en: manyEn })
    words.set(`${name}.empty`, { ru: said(EMPTY, 'ru'), en: said(EMPTY, 'en') })
  }
  return words
}
