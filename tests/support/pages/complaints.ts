import { type BrowserContext, type ConsoleMessage, type Page, type Response } from 'playwright'

/** A refused form and an unknown page are answers; the browser writes them into its console nevertheless. */
const ANSWERS = /Failed to load resource: the server responded with a status of (401|403|404|409|422)/

/** Tells of violations that Chromium might keep to itself. */
const tellViolations = `document.addEventListener('securitypolicyviolation', (violation) => {
  console.error('content security policy: ' + violation.violatedDirective + ' refused ' + violation.blockedURI)
})`

/** Whatever went wrong in the pages of a context while somebody used them: scripts, styles, policies, dialogs, failures. */
export class Complaints {
  readonly heard: string[] = []
  readonly dialogs: string[] = []

  static async of(context: BrowserContext) {
    const complaints = new Complaints()
    await context.addInitScript({ content: tellViolations })
    context.on('console', (message) => complaints.#hearConsole(message))
    context.on('weberror', (error) => complaints.heard.push(`${error.page()?.url()}: ${error.error().stack}`))
    context.on('response', (response) => complaints.#hearResponse(response))
    context.on('page', (page) => complaints.#answerDialogs(page))
    return complaints
  }

  #hearConsole(message: ConsoleMessage) {
    if (!['error', 'warning'].includes(message.type()) || ANSWERS.test(message.text())) return
    this.heard.push(`${message.page()?.url()}: ${message.text()}`)
  }

  #hearResponse(response: Response) {
    const lost = response.status() === 404 && /\.(js|css|svg|woff2|png)\b/.test(response.url())
    if (response.status() >= 500 || lost) this.heard.push(`${response.url()} answered ${response.status()}`)
  }

  #answerDialogs(page: Page) {
    page.on('dialog', async (dialog) => {
      this.dialogs.push(`${dialog.type()}: ${dialog.message()}`)
      await dialog.accept()
    })
  }
}
