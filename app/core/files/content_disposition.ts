/** RFC 6266: any Unicode name, as an attachment; old programs get it in ASCII. */
export function contentDisposition(name: string) {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => '%' + sign.charCodeAt(0).toString(16))
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
