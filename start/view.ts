import edge from 'edge.js'
import { assetUrl } from '../app/core/http/assets/asset_files.js'
import { pieces } from '../app/core/search/pieces.js'
import { svg } from '../app/core/screens/page/svg.js'

edge.global('asset', assetUrl)
edge.global('svg', svg)
edge.global('pieces', pieces)
