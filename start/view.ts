import edge from 'edge.js'
import { assetUrl } from '../app/core/http/assets/asset_files.js'

edge.global('asset', assetUrl)
