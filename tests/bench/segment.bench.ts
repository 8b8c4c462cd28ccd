import { objects } from '#core/objects'
export default async function section() { console.log(objects.get('user').name) }
