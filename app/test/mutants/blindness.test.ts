import { describe, expect, it } from 'vitest'
import { type BlindScene, blindScene, nameMarker, readAll, type Reading, work, workMarker } from '../blind-scene.ts'
import { testDatabase } from '../database.ts'
import { blindness, withoutBackstop } from './mutants.ts'
import { switches } from './switches.ts'

// What keeps two experts apart, removed piece by piece after the first has worked: nothing shows as long as the database holds, and
// whatever shows without it is found by reading every page, file and answer as the second.

const { rolledBack } = testDatabase()

const isMarked = ({ all }: Reading) => all.includes(workMarker) || all.includes(nameMarker) || all.includes('0.125')

/** Addresses that show something of the first expert to the second while these filters are removed. */
async function leaking(scene: BlindScene, removed: readonly string[]): Promise<string[]> {
  for (const id of removed) switches.removed.add(id)
  const found = await readAll(scene, scene.experts.second)
  switches.removed.clear()
  return found.filter(isMarked).map(({ name }) => name)
}

describe('a removed filter between two experts', () => {
  it('shows nothing as long as the database holds, and is noticed once it does not', { timeout: 600_000 }, () =>
    rolledBack(async (prepared) => {
      const whole = await blindScene(prepared, 'first')
      await work(whole, 'first')
      const scene = { ...whole, addresses: whole.addresses.filter((address) => address.includes(whole.reviewId) || address === '/home') }
      expect(await leaking(scene, []), 'with every filter').toEqual([])
      for (const { id } of blindness) {
        expect(await leaking(scene, [id]), id).toEqual([])
        expect(await leaking(scene, [id, withoutBackstop.id]), `${id}, and no backstop`).not.toEqual([])
      }
    }),
  )
})
