import { type RowSource } from '#core/exports'
import { type HomePart } from '#core/home'
import { type FilterUse, type KeptFilter } from '#core/filters'
import { type Job } from '#core/jobs'
import { type Doors, type Method } from '#core/methods'
import { type ObjectDefinition, type Panel } from '#core/objects'
import { type PersonalPart } from '#core/personal'
import { type RouteGroups } from '#core/access'
import { type Follower, type Signal } from '#core/signals'
import { type HealthCheck } from './health_check.js'
import { type MenuEntry } from './menu.js'

/** What a section, or a folder of it, brings to the registries. The whole of it fits on a screen. */
export interface Part {
  menu?: MenuEntry[]
  /** Widgets of the start page, what it warns of, first steps of a new company. */
  home?: HomePart
  objects?: ObjectDefinition[]
  /** Panels that this section puts on cards of objects of sections above it. */
  panels?: { object: string; panel: Panel }[]
  signals?: Signal[]
  /** What this section writes whenever anything happens, in the same statement. */
  followers?: Follower[]
  /** Methods of the public interface. */
  methods?: Method[]
  /** How it is known who calls a method: by the section that keeps sources, and the one that keeps sessions of customers. */
  doors?: Partial<Doors>
  jobs?: Job[]
  /** What must be well for the section to work, beside what the ground looks after itself. */
  healthChecks?: HealthCheck[]
  routes?: (groups: RouteGroups) => void
  /** What its tables know of customers: for erasure, and for the file that a person may ask for (#core/personal). */
  personal?: PersonalPart
  /** Filters that its rows keep: a field or a table that they need is not taken away. */
  filters?: () => Promise<KeptFilter[]>
  /** Rows that only the section can name and that leave as files. */
  rowSources?: RowSource[]
  /** What the filter of a list becomes in this section. */
  filterUses?: FilterUse[]
  /** Puts into the registry what an administrator added; asked again whenever that changed. */
  changes?: () => Promise<void>
  /** Brings into the database what the declarations of all sections ask of it; runs after the migrations, at every start. */
  prepare?: () => Promise<void>
  /** Runs beside the jobs for as long as a worker lives; answers how it is stopped. */
  worker?: () => Promise<() => Promise<void>>
}

/** The contract of a section. */
export interface Module extends Part {
  /** Also the name under which its views are mounted: `segments::components/versions`. */
  name: string
  /** Of a section that does much: what its folders bring, each told in a `part.ts` of its own. */
  parts?: Part[]
}

export const defineModule = (module: Module): Module => module

/** The section itself, then its folders. */
export const partsOf = (module: Module): Part[] => [module, ...(module.parts ?? [])]

export const definePart = (part: Part): Part => part
