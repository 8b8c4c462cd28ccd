export { defineModule, type Module } from './define_module.js'
export { boot, menu, preparations, workers } from './boot.js'
export { menuGroups, type MenuEntry, type MenuGroup } from './menu.js'
export { groupOf, inGroups } from './group_of.js'
