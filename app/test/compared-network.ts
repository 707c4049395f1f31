import { expect } from 'vitest'
import { inContext, systemContext } from '../src/db/context.ts'
import { insertNetwork } from '../src/features/demo/load.ts'
import { inventNetwork } from '../src/features/demo/network.ts'
import type { Prepared } from './database.ts'

// An invented network to compare, and the comparison as a program reads it.

export async function withNetwork({ services }: Prepared, cityCount: number) {
  const network = inventNetwork(1, services.instruments.current, services.now(), cityCount)
  await inContext(services.db, systemContext, (db) => insertNetwork(db, network, [], services, services.now()))
  return network
}

export interface Listed {
  cities: {
    city: { slug: string; country: string }
    wave: { slug: string }
    core: number | null
    rank: { rank: number; of: number; low: number; high: number } | null
  }[]
  next: string | null
  network: { n: number; median: number } | null
  wave: { slug: string } | null
  otherVersions: number
}

export const listCompared = async (response: Response): Promise<Listed> => {
  expect(response.status).toBe(200)
  return (await response.json()) as Listed
}
