import { Kept } from '#core/database'
import { type Reader } from '#core/objects'
import { type Content, type Widget } from './widget.js'
import { type Period } from './period.js'

export interface Figures {
  content: Content
  asOf: Date
  /** What took long is counted less often. */
  freshMs: number
}

const FRESH_MS = 60_000
const FRESH_TIMES = 60
/** Older than fresh: still shown, while newer ones are on their way. */
const SHOWN_MS = 600_000

const kept = new Kept<Figures>(200)
const counting = new Map<string, Promise<Figures>>()

/**
 * What a widget shows, counted about once a minute for all who look at it. Figures up to ten minutes old are shown at once, and counted
 * anew beside; each says as of when it is.
 */
export async function figuresOf(widget: Widget, period: Period, reader: Reader): Promise<Figures> {
  const key = [widget.name, ...(widget.now ? [] : [period.from, period.to]), reader.timezone, reader.locale].join(' ')
  const known = kept.get(key)
  if (known && Date.now() - known.asOf.getTime() < known.freshMs) return known
  const coming = counting.get(key) ?? count(key, widget, period, reader)
  if (!known) return coming
  coming.catch(() => kept.forget(key))
  return known
}

/** For tests, and for whoever changed what is counted. */
export const forgetFigures = () => kept.forget()

async function count(key: string, widget: Widget, period: Period, reader: Reader) {
  const asOf = new Date()
  const coming = widget
    .load(period, reader)
    .then((content) => kept.keep(key, { content, asOf, freshMs: freshFor(Date.now() - asOf.getTime()) }, SHOWN_MS))
    .finally(() => counting.delete(key))
  counting.set(key, coming)
  return coming
}

const freshFor = (cost: number) => Math.min(Math.max(FRESH_MS, cost * FRESH_TIMES), SHOWN_MS)
