import { type Right } from '#core/objects'

/** The groups of the main menu (F1), in its order. Label: `menu.<group>`; a group without entries is not shown. */
export const menuGroups = [
  'analytics',
  'database',
  'campaigns',
  'catalog',
  'advertising',
  'pixels',
  'segments',
  'communication',
  'calendar',
  'integrations',
  'books',
  'administration',
  'settings',
] as const

export type MenuGroup = (typeof menuGroups)[number]

export interface MenuEntry {
  group: MenuGroup
  /** Label: `menu.<name>`. */
  name: string
  path: string
  /** Shown to those who may read this object; absent: to everybody who works here. */
  object?: string
  right?: Right
  /** The letter that leads here after `g`. */
  key?: string
}
