import type { HttpContext } from '@adonisjs/core/http'
import { filterFrom, InvalidFilter } from '#core/filters'
import { plain } from '#core/objects'
import { countedBy } from '../list/counted.js'
import { inWords } from '../list/counter.js'
import { quickTotalOf } from '../list/total.js'
import { onlookerOf } from '../section/object_of.js'
import { seenFolder } from './seen_folder.js'

/** How many rows a folder lists: asked one folder after another, and only by somebody who wants to know. */
export default class FolderCountsController {
  async show(ctx: HttpContext) {
    const { folder, object } = await seenFolder(ctx)
    const { reader } = onlookerOf(ctx)
    try {
      const filter = filterFrom(folder.filter, object, plain)
      return ctx.response.send(inWords(await quickTotalOf(countedBy({ object, filter, search: '' }, reader)), reader))
    } catch (error) {
      if (!(error instanceof InvalidFilter)) throw error
      return ctx.response.send('!')
    }
  }
}
