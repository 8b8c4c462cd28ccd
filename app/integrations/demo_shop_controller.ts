import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from '#core/http'

const TYPES: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' }
const FILES = ['shop.html', 'shop.css', 'shop.js', 'api.js', 'draw.js', 'words.js']

/** An example of a front end, which uses the public interface alone. Served where the demo company is, and nowhere else. */
export default class DemoShopController {
  async show({ params, response }: HttpContext) {
    const file = params.file ?? 'shop.html'
    if (!FILES.includes(file)) throw new NotFound()
    response.header('content-type', `${TYPES[file.split('.')[1]]}; charset=utf-8`)
    return response.send(await readFile(app.makePath('resources/demo', file), 'utf8'))
  }
}
