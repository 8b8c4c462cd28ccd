import { boot } from '#core/modules'
import screens from '../app/core/screens/module.js'
import { modules } from './modules.js'

/** The generic screens answer at addresses that no section has claimed, so they come after all of them. */
boot([...modules, screens])
