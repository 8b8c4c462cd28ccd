import { test } from '@japa/runner'
import { date, dateTime, InvalidValue, named, type Reader } from '#core/objects'

const reader = (timezone: string) => ({ timezone }) as Reader
const day = named('thing', 'day', date())
const moment = named('thing', 'moment', dateTime())

test.group('Days and moments as people type them', () => {
  test('{$self} is the 1st of February')
    .with(['2026-02-01', '01.02.2026', '01/02/2026', '2026/02/01', ' 01.02.2026 '])
    .run(({ assert }, typed) => {
      assert.equal(day.type.parse(typed, day, reader('UTC')), '2026-02-01')
    })

  test('{typed} in {zone} is {utc}')
    .with([
      { typed: '01.02.2026 10:30', zone: 'Europe/Moscow', utc: '2026-02-01T07:30:00.000Z' },
      { typed: '2026-07-01T10:30:05', zone: 'Europe/Riga', utc: '2026-07-01T07:30:05.000Z' },
      { typed: '2026-02-01', zone: 'Asia/Vladivostok', utc: '2026-01-31T14:00:00.000Z' },
      { typed: '2026-02-01 10:30:00Z', zone: 'Europe/Moscow', utc: '2026-02-01T10:30:00.000Z' },
      { typed: '2026-02-01T10:30:00.250+0300', zone: 'UTC', utc: '2026-02-01T07:30:00.250Z' },
      { typed: '2026-02-01T10:30+03:00', zone: 'UTC', utc: '2026-02-01T07:30:00.000Z' },
    ])
    .run(({ assert }, { typed, zone, utc }) => {
      assert.equal(moment.type.parse(typed, moment, reader(zone)), utc)
    })

  test('{$self} is neither')
    .with(['2026-02-30', '31.04.2026', '0001-01-01', '2026-13-01', '1.2.2026', '01.02-2026', '', 'soon', '2026-02-01 25:00', '2026-02-30T10:00:00Z'])
    .run(({ assert }, typed) => {
      assert.throws(() => moment.type.parse(typed, moment, reader('Europe/Moscow')), InvalidValue as never)
    })
})
