import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { vendorFiles } from './vendor_files.js'

const ownFolders = ['css', 'js', 'img']

/**
 * The address of a browser file, for templates: `asset('htmx.js')`, `asset('css/app.css')`. It
 * changes with the content, so a browser may keep what it got for ever. Our own files carry the
 * version as a folder, which their relative imports then inherit.
 */
export function assetUrl(name: string) {
  const address = addresses.get(name) ?? freshAddress(name)
  if (!app.inDev) addresses.set(name, address)
  return address
}

/** Files stay as they are while the product runs, but for whoever works at it; an icon in every row asks for the same one. */
const addresses = new Map<string, string>()

function freshAddress(name: string) {
  if (Object.hasOwn(vendorFiles, name)) {
    return `/vendor/${name}?v=${versionOf([vendorPath(vendorFiles[name])])}`
  }
  if (!existsSync(ownPath(name))) {
    throw new Error(`There is no asset "${name}"`)
  }
  return `/assets/${ownVersion()}/${name}`
}

/** Where the file behind an address lies, and whether the address holds for ever. */
export function fileBehind(url: string, query: string) {
  const [, door, ...rest] = url.split('/')

  if (door === 'vendor') {
    const name = rest.join('/')
    if (!Object.hasOwn(vendorFiles, name)) return undefined
    const path = vendorPath(vendorFiles[name])
    return { path, permanent: query === `v=${versionOf([path])}` }
  }
  if (door === 'assets') {
    const permanent = rest[0] === ownVersion()
    const name = /^v-/.test(rest[0]) ? rest.slice(1).join('/') : rest.join('/')
    return isOwn(name) ? { path: ownPath(name), permanent } : undefined
  }
  return undefined
}

function isOwn(name: string) {
  return ownFolders.includes(name.split('/')[0]) && !name.includes('..') && !name.includes('\0')
}

function ownPath(name: string) {
  return app.makePath('resources', name)
}

/** A build runs beside its own copy of the code, with the packages one folder up. */
function vendorPath(file: string) {
  const here = app.makePath('node_modules', file)
  return existsSync(here) ? here : join(app.makePath('..', 'node_modules'), file)
}

let settledVersion: string | undefined

function ownVersion() {
  if (app.inDev) return freshOwnVersion()
  return (settledVersion ??= freshOwnVersion())
}

function freshOwnVersion() {
  const patterns = ownFolders.map((folder) => `${folder}/**/*.*`)
  const files = globSync(patterns, { cwd: app.makePath('resources') })
  return `v-${versionOf(files.sort().map(ownPath))}`
}

const versions = new Map<string, string>()

function versionOf(paths: string[]) {
  const key = paths.map((path) => `${path}@${statSync(path).mtimeMs}`).join('\n')
  const version = versions.get(key) ?? hashOf(paths)
  versions.set(key, version)
  return version
}

function hashOf(paths: string[]) {
  const hash = createHash('sha256')
  for (const path of paths) {
    hash.update(readFileSync(path))
  }
  return hash.digest('base64url').slice(0, 12)
}
