import { join } from 'node:path'
import { type Browser, type BrowserContext, type Page, type Request } from 'playwright'
import app from '@adonisjs/core/services/app'
import { type Staff } from '#core/access'
import { PASSWORD } from '#tests/support/staff'
import { Complaints } from './complaints.js'

export const address = `http://${process.env.HOST}:${process.env.PORT}`

const TURN_MS = 100
const QUIET_TURNS = 4
const MOST_MS = 10_000

/** A picture proves nothing by how soon it is taken. */
const SLOW_MACHINE_MS = 60_000

export interface Look {
  width?: number
  theme?: 'light' | 'dark'
  locale?: 'ru' | 'en'
}

/** Somebody at a screen, with everything their browser complained of. */
export class Onlooker {
  /** By page: one that waits for its own parts does not wait for those of another tab. */
  #underWay = new WeakMap<Page, Set<Request>>()

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly complaints: Complaints
  ) {
    this.#watch(page)
    context.on('page', (another) => this.#watch(another))
  }

  #watch(page: Page) {
    const underWay = new Set<Request>()
    this.#underWay.set(page, underWay)
    page.on('request', (request) => underWay.add(request))
    page.on('requestfinished', (request) => underWay.delete(request))
    page.on('requestfailed', (request) => underWay.delete(request))
  }

  static async at(browser: Browser, { width = 1440, theme = 'light', locale = 'en' }: Look = {}) {
    const context = await browser.newContext({
      baseURL: address,
      locale: locale === 'ru' ? 'ru-RU' : 'en-GB',
      colorScheme: theme,
      timezoneId: 'UTC',
      viewport: { width, height: width < 600 ? 844 : 900 },
      reducedMotion: 'reduce',
    })
    const complaints = await Complaints.of(context)
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    return new Onlooker(context, page, complaints)
  }

  async signIn({ email }: Pick<Staff, 'email'>) {
    await this.page.goto('/login')
    await this.page.locator('#email').fill(email)
    await this.page.locator('#password').fill(PASSWORD)
    await Promise.all([this.page.waitForURL((url) => url.pathname !== '/login'), this.page.locator('main form button[type=submit]').click()])
  }

  /** Opens a page and waits until its parts have come. */
  async open(path: string) {
    const response = await this.page.goto(path)
    await this.settled()
    return response!
  }

  /** No part is still loading. Not the browser's own word for it: a frame that was loaded twice never hears it. */
  async settled(page = this.page) {
    await page.waitForLoadState('load')
    const deadline = Date.now() + MOST_MS
    for (let quiet = 0; quiet < QUIET_TURNS && Date.now() < deadline; ) {
      await page.waitForTimeout(TURN_MS)
      quiet = this.#underWay.get(page)!.size ? 0 : quiet + 1
    }
  }

  /** A picture for whoever reads the run; the folder is ignored by git. */
  async shoot(name: string, options: { fullPage?: boolean } = { fullPage: true }) {
    await this.page.screenshot({ path: join(app.makePath('artefacts'), `${name}.png`), animations: 'disabled', timeout: SLOW_MACHINE_MS, ...options })
  }

  async leave() {
    await this.context.close()
  }
}
