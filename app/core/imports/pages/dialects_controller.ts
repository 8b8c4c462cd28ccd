import type { HttpContext } from '@adonisjs/core/http'
import { goTo } from '#core/http'
import { delimiters } from '../csv/detect.js'
import { encodings } from '../csv/decode.js'
import { guessMapping } from '../mapping/guess_mapping.js'
import { look } from '../plan_import.js'
import { draftOf } from './draft_of.js'
import { keep } from './mapping_form.js'
import { timezoneIn } from './timezone_in.js'

/** How the file is written, where it was detected wrongly: it is read and mapped anew. */
export default class DialectsController {
  async update(ctx: HttpContext) {
    const draft = await draftOf(ctx)
    const { settings, target } = draft
    const encoding = encodings.find((one) => one === ctx.request.input('encoding')) ?? settings.encoding
    const delimiter = delimiters.find((one) => name(one) === ctx.request.input('delimiter')) ?? settings.delimiter
    const { columns } = await look(draft.fileId!, { encoding, delimiter })
    const timezone = timezoneIn(ctx, settings.timezone)
    await keep(draft, { encoding, delimiter, columns, timezone, ...guessMapping(target, columns) })
    return goTo(ctx, `/imports/${draft.id}/mapping`)
  }
}

/** A tab would be trimmed on its way. */
const name = (delimiter: string) => String(delimiter.charCodeAt(0))
