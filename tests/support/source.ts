import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import app from '@adonisjs/core/services/app'

/** Files of the project, by their path from its root. */
export function files(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: app.makePath() }).sort()
}

const texts = new Map<string, string>()

export function read(file: string): string {
  if (!texts.has(file)) texts.set(file, readFileSync(app.makePath(file), 'utf8'))
  return texts.get(file)!
}

/** Every name that a file imports from, types and lazy ones too. */
export function importsOf(file: string): string[] {
  if (!imports.has(file)) imports.set(file, ts.preProcessFile(read(file), true, true).importedFiles.map(({ fileName }) => fileName))
  return imports.get(file)!
}

const imports = new Map<string, string[]>()

/** The file of the project behind a name, or undefined for a package. */
export function resolved(file: string, name: string): string | undefined {
  if (name.startsWith('.')) return existing(join(dirname(file), name))
  const [, door, rest] = /^#(\w+)\/(.+)$/.exec(name) ?? []
  if (door === 'core') return existing(`app/core/${rest}/index.js`)
  if (door === 'app') return existing(`app/${rest}/index.js`)
  return door && existing(`${door}/${rest}.js`)
}

function existing(path: string) {
  const file = normalize(path).replace(/\.js$/, '.ts')
  return existsSync(app.makePath(file)) ? file : undefined
}

/** `objects` of the ground, or the section: `users`. */
export function partOf(file: string): { ground?: string; section?: string } {
  const [top, first, second] = file.split('/')
  if (top !== 'app' || !second) return {}
  return first === 'core' ? { ground: second } : { section: first }
}

/** Rounds of imports: each ends where it begins. */
export function cycles(graph: Map<string, string[]>): string[][] {
  const found: string[][] = []
  const done = new Set<string>()
  const path: string[] = []

  const visit = (file: string) => {
    const at = path.indexOf(file)
    if (at >= 0) return void found.push([...path.slice(at), file])
    if (done.has(file)) return
    path.push(file)
    for (const next of graph.get(file) ?? []) visit(next)
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return found
}
