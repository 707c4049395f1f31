import type { Instrument } from '../instrument/instrument.ts'
import type { DemoAccount } from './accounts.ts'
import type { DemoNetwork } from './network.ts'
import type { BulkRow } from './queries.ts'
import { createRandom, drawUuid } from './random.ts'

type DemoPeople = Pick<DemoAccount, 'role' | 'city'> & { id: string; cityId: string | null }

export interface TogetherRows {
  sign_off_steps: BulkRow<'sign_off_steps'>[]
  suggestions: BulkRow<'suggestions'>[]
}

const sharingCity = 'Laternenbrück'
const suggested = 'med-01'

/** Who signs in the city with the sign-ins, and what its technical partner suggests; nothing where nobody signs in. */
export function togetherRows(network: DemoNetwork, people: readonly DemoPeople[], instrument: Instrument, now: Date): TogetherRows {
  const city = network.cities.find(({ name }) => name === sharingCity)
  const personOf = (role: DemoAccount['role']) => people.find((person) => person.role === role && person.cityId === city?.id)?.id ?? null
  const [present] = network.assessments
    .filter((assessment) => assessment.city === city)
    .sort((a, b) => b.wave.opensAt.getTime() - a.wave.opensAt.getTime())
  if (city === undefined || present === undefined || people.length === 0) return { sign_off_steps: [], suggestions: [] }
  const keyOf = (...parts: string[]) => drawUuid(createRandom(network.seed, ...parts))
  const known = instrument.dimensions.some(({ indicators }) =>
    indicators.some(({ questions }) => questions.some(({ id }) => id === suggested)),
  )
  const answers = present.versions.filter(({ questionId }) => questionId === suggested)
  const answer = answers.at(-1)
  return {
    sign_off_steps: [
      {
        id: keyOf('sign-off step', 'mayor'),
        city_id: city.id,
        position: 1,
        name: 'Bürgermeisterin',
        person_id: personOf('approver'),
        created_at: now,
        created_by: personOf('city-coordinator'),
      },
    ],
    suggestions: known
      ? [
          {
            id: keyOf('suggestion', suggested),
            assessment_id: present.id,
            city_id: city.id,
            question_id: suggested,
            origin: 'partner',
            explanation:
              'Der Landkreis bezahlt seit 2023 zwei Stellen für Vermittlung, die auch für Laternenbrück arbeiten. Die Vereinbarung liegt im Sozialamt. (Erfundenes Beispiel)',
            language: 'de',
            note: 'Bitte die Vereinbarung als Nachweis ergänzen.',
            options: answer?.options ?? null,
            missing: answer?.missing ?? null,
            base_version: answers.length,
            suggested_by: personOf('technical-partner'),
            created_at: now,
          },
        ]
      : [],
  }
}
