import { inContext, systemContext } from '../src/db/context.ts'
import type { Db } from '../src/db/open.ts'
import { createCity } from '../src/features/cities/usecases.ts'
import { askFreeze, createWave, freezeWave } from '../src/features/waves/usecases.ts'
import type { Wave } from '../src/features/waves/wave.ts'
import type { Person } from '../src/permissions.ts'
import type { Prepared } from './database.ts'
import { addPerson } from './signed-in.ts'

// A wave that is planned, for tests of what follows.

const at = (text: string) => new Date(`${text}T12:00:00Z`)

export const now = at('2026-07-01')
export const period = { name: 'Wave 2026', opensAt: at('2026-06-01'), closesAt: at('2026-09-30') }

/** Three cities and a planned wave, with the two people whom freezing its questionnaire needs. */
export async function planned(prepared: Prepared): Promise<{ coordinator: Person; second: Person }> {
  const coordinator = await addPerson(prepared, 'network-coordinator', null, 'Kim Network')
  const second = await addPerson(prepared, 'evaluation-coordinator', null, 'Ada Evaluation')
  await inContext(prepared.services.db, systemContext, async (db) => {
    for (const name of ['Vadsta', 'Norrum', 'Östervik'])
      await createCity(db, coordinator, { name, country: 'SE', region: null, officialCode: null }, now)
    await createWave(db, coordinator, period, now)
  })
  return { coordinator, second }
}

/** One asks and the other confirms. */
export async function freeze(
  db: Db,
  prepared: Prepared,
  { coordinator, second }: { coordinator: Person; second: Person },
  version = 1,
): Promise<Wave> {
  const { instruments } = prepared.services
  await askFreeze(db, coordinator, instruments, { wave: 'wave-2026', version }, now)
  return freezeWave(db, second, instruments, { wave: 'wave-2026', version: version + 1 }, now)
}
