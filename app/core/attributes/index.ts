export { outdateAttributes, refreshAttributes } from './refresh.js'
export { attributeTypes } from './attribute_field.js'
