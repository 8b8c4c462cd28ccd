import { choiceType } from './choice.js'
import { dateTimeType, dateType } from './date.js'
import { type FieldType } from './field.js'
import { flagType } from './flag.js'
import { decimalType, integerType, moneyType } from './number.js'
import { referenceType } from './reference.js'
import { textType } from './text.js'

/** Every type of field, in the order in which an administrator is offered them. */
export const fieldTypes: FieldType[] = [
  textType,
  integerType,
  decimalType,
  moneyType,
  dateType,
  dateTimeType,
  flagType,
  choiceType,
  referenceType,
]
