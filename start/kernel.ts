import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import { idMatcher } from '#core/http'

server.errorHandler(() => import('../app/core/http/errors/exception_handler.js'))

/** Run for every request, known address or not: nothing here touches the session. */
server.use([
  () => import('../app/core/http/security_headers_middleware.js'),
  () => import('../app/core/http/health/health_middleware.js'),
  () => import('../app/core/http/assets/assets_middleware.js'),
  () => import('../app/core/screens/page/page_middleware.js'),
  () => import('../app/core/http/request_middleware.js'),
  () => import('@adonisjs/static/static_middleware'),
])

router.where('id', idMatcher)
