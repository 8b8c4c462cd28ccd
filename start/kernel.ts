import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

/** Run for every request, known address or not: nothing here touches the session. */
server.use([
  () => import('../app/core/http/security_headers_middleware.js'),
  () => import('../app/core/http/health/health_middleware.js'),
  () => import('../app/core/http/assets/assets_middleware.js'),
  () => import('@adonisjs/static/static_middleware'),
])

/** Run for every known address, in this order. */
router.use([
  () => import('@adonisjs/core/bodyparser_middleware'),
  () => import('@adonisjs/session/session_middleware'),
  () => import('@adonisjs/shield/shield_middleware'),
  () => import('@adonisjs/auth/initialize_auth_middleware'),
])

/** Run where a route asks for them by name. */
export const middleware = router.named({})
