import type { HttpContext } from '@adonisjs/core/http'
import { isColour } from './colour.js'
import { brandCss } from './brand_css.js'
import { settings } from './settings.js'

/** The colours of the company over those of resources/css/tokens.css; `?v=` is the colour, so a browser keeps the file. */
export default class BrandController {
  async show({ request, response }: HttpContext) {
    const { brandColour } = settings()
    const asked = `#${request.input('v')}`
    response.header('content-type', 'text/css; charset=utf-8')
    if (asked === brandColour) response.header('cache-control', 'public, max-age=31536000, immutable')
    return response.send(brandColour && isColour(brandColour) ? brandCss(brandColour) : '')
  }
}
