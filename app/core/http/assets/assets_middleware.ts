import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { fileBehind } from './asset_files.js'
import { type Asset, readAsset } from './asset.js'

const FOR_EVER = 'public, max-age=31536000, immutable'
const ASK_EACH_TIME = 'no-cache'

/** Answers for browser files before the router, so that they cost neither a session nor a query. */
export default class AssetsMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (!['GET', 'HEAD'].includes(ctx.request.method())) {
      return next()
    }
    const file = fileBehind(ctx.request.url(), ctx.request.parsedUrl.query ?? '')
    const asset = file && (await readAsset(file.path))
    return asset ? send(asset, file.permanent, ctx) : next()
  }
}

function send(asset: Asset, permanent: boolean, { request, response }: HttpContext) {
  const etag = `"${asset.version}"`
  response.header('etag', etag)
  response.header('cache-control', permanent ? FOR_EVER : ASK_EACH_TIME)
  response.header('vary', 'accept-encoding')

  if (request.header('if-none-match') === etag) {
    return response.status(304).send(null)
  }
  response.header('content-type', asset.contentType)
  if (asset.gzipped && request.header('accept-encoding')?.includes('gzip')) {
    response.header('content-encoding', 'gzip')
    return response.send(asset.gzipped)
  }
  return response.send(asset.body)
}
