import type { HttpContext } from '@adonisjs/core/http'
import { NotFound, readerOf } from '#core/http'
import { find } from '#core/objects'
import { books } from './book.js'

/** The value that an address names: `/channels/3/inactivity`. Throws `NotFound`. */
export async function valueOf(ctx: HttpContext) {
  const [path] = ctx.request.url().slice(1).split('/')
  const book = books.find((one) => one.path === path)
  const value = book && (await find(book, ctx.params.id, readerOf(ctx), ['id']))
  if (!value) throw new NotFound()
  return { book, id: value.id }
}
