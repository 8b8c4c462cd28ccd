import { join } from 'node:path'
import { type Browser, type BrowserContext, type Page } from 'playwright'
import app from '@adonisjs/core/services/app'
import { type Staff } from '#core/access'
import { PASSWORD } from '#tests/support/staff'
import { Complaints } from './complaints.js'

export const address = `http://${process.env.HOST}:${process.env.PORT}`

export interface Look {
  width?: number
  theme?: 'light' | 'dark'
  locale?: 'ru' | 'en'
}

/** Somebody at a screen, with everything their browser complained of. */
export class Onlooker {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly complaints: Complaints
  ) {}

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

  /** No request under way, no part still loading. */
  async settled() {
    await this.page.waitForLoadState('networkidle')
  }

  /** A picture for whoever reads the run; the folder is ignored by git. */
  async shoot(name: string, options: { fullPage?: boolean } = { fullPage: true }) {
    await this.page.screenshot({ path: join(app.makePath('artefacts'), `${name}.png`), animations: 'disabled', ...options })
  }

  async leave() {
    await this.context.close()
  }
}
