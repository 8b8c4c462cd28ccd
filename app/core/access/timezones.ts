/** Every zone that the runtime knows, by its IANA name. */
export const timezones = ['UTC', ...Intl.supportedValuesOf('timeZone')]
