/**
 * Installs what the lock file names and node_modules lacks, so that `npm start` on a fresh clone is
 * enough. Runs before anything is installed, on whatever Node there is, hence plain JavaScript.
 */
import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

const root = new URL('../', import.meta.url)
const serving = process.env.npm_lifecycle_event === 'prestart'

if (!linked() && !installed()) {
  console.log('Installing packages, this takes about a minute ...')
  const { status } = spawnSync('npm', ['ci', '--no-progress'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error('The packages could not be installed; npm says why above.')
    process.exit(status ?? 1)
  }
}

if (!linked()) linkNode()

/**
 * The scripts run on the Node of node_modules/.bin. npm 10 takes it away again when it drops the same program for another kind of
 * machine, so it is linked here.
 */
function linkNode() {
  const own = `../node-${process.platform}-${process.arch}/bin/node`
  const link = new URL('node_modules/.bin/node', root)
  if (!existsSync(link) && existsSync(new URL(own, new URL('node_modules/.bin/', root)))) symlinkSync(own, link)
}

/** Packages that are linked belong to another checkout, and are its to change. */
function linked() {
  const folder = new URL('node_modules', root)
  return lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()
}

/** By content, not by date: a checkout touches files that are the same. */
function installed() {
  const wanted = packagesIn('package-lock.json')
  const present = packagesIn('node_modules/.package-lock.json')
  return Boolean(wanted && present) && Object.entries(wanted).every(isPresent)

  function isPresent([path, { version, dev, optional, devOptional, link }]) {
    const spared = path === '' || link || optional || (serving && (dev || devOptional))
    const there = present[path]
    return there ? there.version === version : Boolean(spared)
  }
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(new URL(lockFile, root), 'utf8')).packages
  } catch {
    return undefined
  }
}
