import { readFileSync } from 'node:fs'
import { Parser } from 'htmlparser2'
import { type Done } from './reactions.ts'
import { type Figures } from './figures.ts'
import { type Visitor } from './visitor.ts'

/** How the card calls its figures. */
function labels(): Record<string, string> {
  const file = new URL('../../app/communication/lang/en.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')).communication.figures
}

/** The figures of the card (F43) beside what was done. */
export async function compareStatistics(staff: Visitor, communication: number, sent: number, done: Done, figures: Figures) {
  figures.stage('Statistics on the card of the mail')
  const { html } = await staff.open(`/communications/${communication}/panels/statistics`)
  const words = labels()
  const shown = shownFigures(html)
  const expected = {
    sent,
    delivered: sent,
    uniqueOpens: done.openers,
    clickers: done.clickers,
    spam: 0,
    bounced: 0,
    unsubscribed: done.unsubscribed,
    errors: 0,
  }
  for (const [name, value] of Object.entries(expected)) figures.check(words[name] ?? name, shown.values[words[name]], value)
  figures.check('opens in all', shown.totals[words.uniqueOpens], done.opens)
  figures.check('clicks in all', shown.totals[words.clickers], done.clicks)
  for (const [url, clicks] of Object.entries(done.clicksOf)) figures.check(`clicks: ${url.slice(0, 36)}`, shown.links[url], clicks)
}

interface Shown {
  values: Record<string, number>
  totals: Record<string, number>
  links: Record<string, number>
}

/** What a person reads from the panel: labels with their numbers, and the table of links. */
function shownFigures(html: string): Shown {
  const shown: Shown = { values: {}, totals: {}, links: {} }
  let label = ''
  let row: string[] = []
  for (const { tag, classes, text } of textsOf(html)) {
    if (tag === 'dt') label = text
    if (tag === 'dd' && classes.includes('figure-rest')) shown.totals[label] = number(text.replace(/[\d.,]+\s*%/, ''))
    else if (tag === 'dd') shown.values[label] = number(text)
    if (tag === 'td') row.push(text)
    if (tag === 'td' && row.length === 4) {
      shown.links[row[1]] = number(row[2])
      row = []
    }
  }
  return shown
}

const number = (text: string) => Number(/\d[\d,]*/.exec(text)?.[0].replaceAll(',', '') ?? Number.NaN)

/** The text of each element that holds nothing but text; a figure may lead to its list. */
function textsOf(html: string) {
  const found: { tag: string; classes: string; text: string }[] = []
  let current: { tag: string; classes: string; text: string } | undefined
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag !== 'a') current = { tag, classes: attributes.class ?? '', text: '' }
    },
    ontext(text) {
      if (current) current.text += text
    },
    onclosetag(tag) {
      if (tag === 'a') return
      if (current?.tag === tag) found.push({ ...current, text: current.text.trim() })
      current = undefined
    },
  })
  parser.end(html)
  return found
}
