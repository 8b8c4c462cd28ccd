import { chromium, type LaunchOptions } from 'playwright'
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'

/**
 * A Chromium from npm, with the libraries and fonts that a bare system lacks. Not by its own
 * launcher: that one unpacks to a folder of all users and switches web security off.
 */
export async function launchChromium(options: LaunchOptions = {}) {
  const folder = await unpacked()
  return chromium.launch({
    ...options,
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...(options.args ?? [])],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  })
}

/** Made aside and renamed: a run that was broken off leaves no half browser. */
async function unpacked() {
  const archives = join(packageFolder(), 'bin')
  const { version } = JSON.parse(await readFile(join(packageFolder(), 'package.json'), 'utf8'))
  const folder = app.tmpPath('chromium', version)
  if (existsSync(folder)) return folder

  const aside = `${folder}.${process.pid}`
  await mkdir(join(aside, 'cache'), { recursive: true })
  await Promise.all([
    unpackFile(join(archives, 'chromium.br'), join(aside, 'chromium')),
    unpackArchive(join(archives, 'al2023.tar.br'), aside),
    unpackArchive(join(archives, 'fonts.tar.br'), aside),
    unpackArchive(join(archives, 'swiftshader.tar.br'), aside),
  ])
  await writeFile(join(aside, 'fonts.conf'), fontsConfiguration(folder))
  await rename(aside, folder).catch((error) => keepTheOther(error, aside))
  return folder
}

function packageFolder() {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  return dirname(dirname(entry))
}

async function unpackFile(from: string, to: string) {
  await pipeline(
    createReadStream(from),
    createBrotliDecompress(),
    createWriteStream(to, { mode: 0o755 })
  )
}

async function unpackArchive(from: string, into: string) {
  const tar = spawn('tar', ['-x', '--no-same-owner', '-C', into], {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(tar, 'exit')
  /** tar ends at the end mark of an archive, perhaps before its padding was written: its exit code decides. */
  await pipeline(createReadStream(from), createBrotliDecompress(), tar.stdin).catch(() => {})
  const [code] = await ended
  if (code !== 0) throw new Error(`${from} could not be unpacked`)
}

/** Without a single font a page crashes; the one that comes along knows Cyrillic. */
function fontsConfiguration(folder: string) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`
}

/** Two runs may unpack at once; one of them is first. */
async function keepTheOther(error: NodeJS.ErrnoException, aside: string) {
  await rm(aside, { recursive: true, force: true })
  if (!['ENOTEMPTY', 'EEXIST'].includes(error.code ?? '')) throw error
}
