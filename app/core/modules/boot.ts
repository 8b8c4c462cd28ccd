import app from '@adonisjs/core/services/app'
import edge from 'edge.js'
import { existsSync } from 'node:fs'
import { policies, routeGroups } from '#core/access'
import { addToHome, checkHome } from '#core/home'
import { rowSources } from '#core/exports'
import { addFilterUses, keepsFilters } from '#core/filters'
import { jobs } from '#core/jobs'
import { doors, methods, openRoute } from '#core/methods'
import { objects, readsChanges } from '#core/objects'
import { followers, signals } from '#core/signals'
import { addPersonal } from '#core/personal'
import { partsOf, type Module, type Part } from './define_module.js'
import { type HealthCheck } from './health_check.js'
import { type MenuEntry } from './menu.js'

/** The entries of the main menu, in the order of the sections. */
export const menu: MenuEntry[] = []

/** What sections look after, for the page of health. */
export const healthChecks: HealthCheck[] = []

/** What sections run beside the jobs of a worker. */
export const workers: NonNullable<Part['worker']>[] = []

/** What sections bring into the database once its tables are there. */
export const preparations: NonNullable<Part['prepare']>[] = []

/**
 * Brings the sections into the registries, from the ground up, and refuses to start when a name leads nowhere. Runs once in
 * every process: web, worker, command.
 */
export function boot(modules: Module[]) {
  const parts = modules.flatMap(partsOf)
  for (const part of parts) {
    part.objects?.forEach((object) => objects.add(object))
    part.signals?.forEach((signal) => signals.add(signal))
    followers.push(...(part.followers ?? []))
    for (const method of part.methods ?? []) {
      methods.add(method)
      signals.add(method.signal)
    }
    Object.assign(doors, part.doors)
    part.jobs?.forEach((job) => jobs.add(job))
    menu.push(...(part.menu ?? []))
    if (part.personal) addPersonal(part.personal)
    if (part.home) addToHome(part.home)
    healthChecks.push(...(part.healthChecks ?? []))
    if (part.worker) workers.push(part.worker)
    if (part.filters) keepsFilters(part.filters)
    part.rowSources?.forEach((source) => rowSources.add(source))
    if (part.filterUses) addFilterUses(part.filterUses)
    if (part.changes) readsChanges(part.changes)
    if (part.prepare) preparations.push(part.prepare)
  }
  for (const part of parts) {
    part.panels?.forEach(({ object, panel }) => objects.addPanel(object, panel))
    part.routes?.(routeGroups)
    part.methods?.forEach((method) => openRoute(method, routeGroups))
  }
  for (const { name } of modules) mountViews(name)
  objects.check()
  checkHome()
  checkRights()
}

/** A right that is asked for at a page or an entry of the menu is one that its object has. */
function checkRights() {
  for (const { object, right = 'read' } of menu) if (object) objects.checkRight(objects.get(object), right)
  for (const policy of policies) {
    if (policy.kind === 'staff' && policy.object !== ':object') objects.checkRight(objects.get(policy.object), policy.right)
  }
}

/** `segments::components/versions` is a file of the section itself; parts of the ground are mounted alike. */
function mountViews(name: string) {
  const folder = [`app/${name}/views`, `app/core/${name}/views`].map((path) => app.makePath(path)).find(existsSync)
  if (folder) edge.mount(name, folder)
}
