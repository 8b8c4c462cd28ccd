import { type Module } from '#core/modules'
import access from '../app/core/access/module.js'

/** The parts of the product, from the ground up: a section knows only those above it in this list. */
export const modules: Module[] = [access]
