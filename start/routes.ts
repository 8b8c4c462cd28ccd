import { boot } from '#core/modules'
import { modules } from './modules.js'

boot(modules)
