import { totalmem } from 'node:os'

/** How a server that may use `share` of this machine is set up (DATA); a container's limit counts as the machine. */
export function memorySettings(share: number) {
  const megabytes = (Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20) * share
  const part = (ofIt: number, least: number, most: number) => `${Math.round(Math.min(Math.max(megabytes * ofIt, least), most))}MB`
  return {
    shared_buffers: part(0.25, 128, 6_144),
    effective_cache_size: part(0.6, 256, 1e9),
    work_mem: part(0.003, 4, 64),
    maintenance_work_mem: part(0.05, 64, 1_024),
    random_page_cost: '1.1',
  }
}
