import { type Module } from '#core/modules'
import access from '../app/core/access/module.js'
import api from '../app/core/api/module.js'
import attributes from '../app/core/attributes/module.js'
import books from '../app/core/books/module.js'
import bulk from '../app/core/bulk/module.js'
import exports from '../app/core/exports/module.js'
import filters from '../app/core/filters/module.js'
import health from '../app/core/health/module.js'
import home from '../app/core/home/module.js'
import imports from '../app/core/imports/module.js'
import mail from '../app/core/mail/module.js'
import methods from '../app/core/methods/module.js'
import roles from '../app/core/roles/module.js'
import runs from '../app/core/runs/module.js'
import search from '../app/core/search/module.js'
import secrets from '../app/core/secrets/module.js'
import settings from '../app/core/settings/module.js'
import tables from '../app/core/tables/module.js'
import campaigns from '../app/campaigns/module.js'
import catalog from '../app/catalog/module.js'
import communication from '../app/communication/module.js'
import coupons from '../app/coupons/module.js'
import integrations from '../app/integrations/module.js'
import receipts from '../app/receipts/module.js'
import segments from '../app/segments/module.js'
import users from '../app/users/module.js'

/** The parts of the product, from the ground up: a section knows only those above it in this list. */
export const modules: Module[] = [
  home, access, roles, secrets, settings, health, tables, attributes, books, filters, runs, mail, methods, imports, exports, bulk, search, api, campaigns, users, catalog, receipts, segments, coupons,
  communication, integrations,
]
