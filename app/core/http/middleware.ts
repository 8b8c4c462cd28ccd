import router from '@adonisjs/core/services/router'

/** What the route groups are built of. A session and a body are not for every route, so none of it runs for all. */
export const middleware = () => (named ??= build())

let named: ReturnType<typeof build> | undefined

function build() {
  return router.named({
    noStore: () => import('./no_store_middleware.js'),
    session: () => import('@adonisjs/session/session_middleware'),
    auth: () => import('@adonisjs/auth/initialize_auth_middleware'),
    sameOrigin: () => import('./same_origin_middleware.js'),
    body: () => import('@adonisjs/core/bodyparser_middleware'),
    smallBody: () => import('./small_body_middleware.js'),
    csrf: () => import('./csrf_middleware.js'),
  })
}
