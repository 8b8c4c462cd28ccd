import { type Reader } from '#core/objects'
import { type Draft } from './draft.js'

/** What an empty mail opens with, so that nobody begins before a blank sheet: a greeting, a button, room for words. */
export function starter(markup: Draft['markup'], { t }: Reader): string {
  const [greeting, text, button] = ['greeting', 'text', 'button'].map((part) => t(`communication.starter.${part}`))
  return starters[markup](greeting, text, button)
}

const starters: Record<Draft['markup'], (greeting: string, text: string, button: string) => string> = {
  mjml: (greeting, text, button) => `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Arial, Helvetica, sans-serif" />
      <mj-text font-size="16px" line-height="1.5" color="#1b2333" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f4f5f7">
    <mj-section background-color="#ffffff" padding="32px 24px">
      <mj-column>
        <mj-text font-size="24px" font-weight="bold">${greeting}, {{ User.GivenName | default: "" }}!</mj-text>
        <mj-text>${text}</mj-text>
        <mj-button href="https://example.com" background-color="#3d55cf" border-radius="6px" font-size="16px">${button}</mj-button>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`,
  html: (greeting, text, button) => `<!doctype html>
<html>
  <body style="margin: 0; background: #f4f5f7; font-family: Arial, Helvetica, sans-serif; color: #1b2333">
    <table role="presentation" width="600" align="center" cellpadding="24" style="background: #ffffff">
      <tr>
        <td>
          <h1 style="font-size: 24px">${greeting}, {{ User.GivenName | default: "" }}!</h1>
          <p style="font-size: 16px; line-height: 1.5">${text}</p>
          <p><a href="https://example.com" style="color: #3d55cf">${button}</a></p>
        </td>
      </tr>
    </table>
  </body>
</html>
`,
}
