import app from '@adonisjs/core/services/app'
import edge from 'edge.js'
import { assetUrl } from '../app/core/http/assets/asset_files.js'
import { pieces } from '../app/core/search/pieces.js'
import { svg } from '../app/core/screens/page/svg.js'
import { settleTemplates } from '../app/core/screens/page/settle_templates.js'

edge.global('asset', assetUrl)
edge.global('svg', svg)
edge.global('pieces', pieces)

/** While somebody works at a template, what was drawn is soon outdated. */
if (!app.inDev) settleTemplates(edge)
