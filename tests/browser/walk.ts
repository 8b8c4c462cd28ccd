import { type Browser } from 'playwright'
import { aMemberOfStaff } from '#tests/support/staff'
import { Onlooker, type Look } from '#tests/support/pages/onlooker'
import { others, pages } from './main_pages.js'

/** LOOKS=all asks for every page in every look: half an hour, so `npm run looks` does it and not each run. */
export const all = process.env.LOOKS === 'all'

export const seen = all ? [...pages, ...others] : pages

/** A page waits more than it works: while one is loading, another is drawn. */
const ONLOOKERS = 2

/** A slow machine takes its time, and an onlooker who is stuck does not take all of it. */
export const patience = (looksOnEach: number) => seen.length * looksOnEach * 15_000

/** As long as fifty screens: a picture of the whole takes longer than all others. */
const tall = ['interface']

export const shoot = (onlooker: Onlooker, folder: string, name: string) => onlooker.shoot(`${folder}/${name}`, { fullPage: !tall.includes(name) })

/** Opens every page once, and `visit` looks at each that has come. Answers what browsers complained of. */
export async function walk(browser: Browser, look: Look, visit: (onlooker: Onlooker, name: string, path: string) => Promise<void>): Promise<string[]> {
  const staff = await aMemberOfStaff({ role: 'administrator', locale: look.locale })
  /** Whoever is free takes the next one. */
  const left = seen.values()
  const heard = await Promise.all(Array.from({ length: ONLOOKERS }, takePages))
  return heard.flat()

  async function takePages() {
    const onlooker = await Onlooker.at(browser, look)
    try {
      await onlooker.signIn(staff)
      for (const [name, path] of left) {
        await onlooker.open(path)
        await visit(onlooker, name, path)
      }
      return onlooker.complaints.heard
    } finally {
      await onlooker.leave()
    }
  }
}
