import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, signIn, type SignedInPerson } from '../../../test/signed-in.ts'
import { addWave } from '../../../test/waves.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { frozenAssessments } from '../../db/schema.ts'
import type { FrozenContent } from '../results/frozen.ts'
import {
  countTranslations,
  freezeTranslations,
  isComplete,
  sourceHash,
  targetLanguage,
  targetLanguages,
  type Translation,
  translationState,
} from './translation.ts'

const original = { explanation: 'Seit 2019 beschlossen.', reason: null }
const translation = (fields: Partial<Translation>): Translation => ({
  questionId: 'q',
  language: 'en',
  explanation: 'Decided in 2019.',
  reason: null,
  sourceHash: sourceHash(original),
  version: 1,
  translatedAt: '2026-03-01T10:00:00.000Z',
  translator: 'Ada',
  checkedAt: null,
  checker: null,
  ...fields,
})

describe('the state of a translation', () => {
  it('follows from the hash of the original and from whether somebody has checked it', () => {
    expect(translationState(null, original)).toBe('missing')
    expect(translationState(translation({}), original)).toBe('draft')
    expect(translationState(translation({ checkedAt: '2026-03-02T10:00:00.000Z' }), original)).toBe('checked')
    const changed = { ...original, explanation: 'Seit 2020 beschlossen.' }
    expect(translationState(translation({ checkedAt: '2026-03-02T10:00:00.000Z' }), changed)).toBe('outdated')
    expect(translationState(translation({}), { ...original, reason: 'Die Region.' })).toBe('outdated')
  })

  it('comes back when the original reads again as it did', () => {
    expect(translationState(translation({}), { reason: null, explanation: 'Seit 2019 beschlossen.' })).toBe('draft')
  })

  it('hashes the canonical JSON of both texts', () => {
    // printf '{"explanation":"Seit 2019 beschlossen.","reason":null}' | sha256sum
    expect(sourceHash(original)).toBe('cea34f1bb16d3e6fc3773ed31b35a92cdeb21315fcb4509dd5b9c4487f81a6e3')
  })

  it('is complete when every text of the original has a translation', () => {
    expect(isComplete({ explanation: 'Yes.', reason: null }, original)).toBe(true)
    expect(isComplete({ explanation: null, reason: 'The region.' }, original)).toBe(false)
    expect(isComplete({ explanation: 'Yes.', reason: null }, { ...original, reason: 'Die Region.' })).toBe(false)
  })

  it('is counted', () => {
    expect(countTranslations(['missing', 'draft', 'checked', 'checked', 'outdated'])).toEqual({
      missing: 1,
      draft: 1,
      checked: 2,
      outdated: 1,
      all: 5,
      translated: 4,
    })
  })

  it('goes into a frozen copy with the state it had, and only for answers that are in it', () => {
    const frozen = freezeTranslations(
      [{ questionId: 'q', explanation: 'Seit 2020 beschlossen.', reason: null }],
      [translation({}), translation({ questionId: 'other' })],
    )
    expect(frozen).toMatchObject([{ questionId: 'q', language: 'en', state: 'outdated', explanation: 'Decided in 2019.' }])
  })
})

describe('the language of a translation', () => {
  it('is English first, and never the language of the original', () => {
    expect(targetLanguages('de')).toEqual(['en'])
    expect(targetLanguages('en')).toEqual(['de'])
    expect(targetLanguage('de', 'de')).toBe('en')
    expect(targetLanguage(null, 'de')).toBe('de')
    expect(targetLanguage(null, 'nonsense')).toBe('en')
  })
})

const { rolledBack } = testDatabase()

interface Scene extends Prepared {
  cityId: string
  assessmentId: string
  coordinator: SignedInPerson
}

/** A German answer, to be translated. */
async function scene(prepared: Prepared): Promise<Scene> {
  const cityId = await addCity(prepared, 'zweisprach')
  const { assessmentId } = await addWave(prepared, { slug: '2026', cityId, opened: 20, closes: 20 })
  const at = {
    ...prepared,
    cityId,
    assessmentId,
    coordinator: await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId, 'Ada')),
  }
  await explain(at, 'Seit 2019 beschlossen.', 0)
  return at
}

async function explain({ assessmentId, coordinator }: Scene, explanation: string, version: number): Promise<void> {
  const response = await coordinator.ask(`/api/v1/assessments/${assessmentId}/answers/com-01?lang=de`, {
    method: 'PUT',
    json: { explanation },
    headers: { 'if-match': `"${version}"` },
  })
  expect(((await response.json()) as { language: string }).language).toBe('de')
}

const path = ({ assessmentId }: Scene) => `/api/v1/assessments/${assessmentId}/answers/com-01/translations/en`
const read = async (at: Scene) =>
  (await (await at.coordinator.ask(path(at))).json()) as { state: string; sourceHash: string; version: number }
const save = (at: Scene, explanation: string, version: number, hash: string, person = at.coordinator) =>
  person.ask(path(at), { method: 'PUT', json: { explanation, sourceHash: hash }, headers: { 'if-match': `"${version}"` } })
const check = (at: Scene, version: number, person = at.coordinator) =>
  person.ask(`${path(at)}/check`, { method: 'POST', headers: { 'if-match': `"${version}"` } })

describe('translating an answer', () => {
  it('goes from missing over draft and checked to outdated, shows what changed, and back', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const { state, sourceHash: hash } = await read(at)
      expect([state, hash]).toEqual(['missing', sourceHash(original)])
      expect(await (await save(at, 'Decided in 2019.', 0, hash)).json()).toMatchObject({ state: 'draft', version: 1, translator: 'Ada' })
      expect(await (await check(at, 1)).json()).toMatchObject({ state: 'checked', version: 2, checker: 'Ada' })
      await explain(at, 'Seit 2020 beschlossen.', 1)
      expect((await read(at)).state).toBe('outdated')
      const page = await (await at.coordinator.ask(`/assessments/${at.assessmentId}/questions/com-01/translation`)).text()
      expect(page).toMatch(/<del>.*2019.*<\/del>/)
      expect(page).toMatch(/<ins>.*2020.*<\/ins>/)
      expect(page).toContain('<p class="answer-explanation" lang="de">Seit 2020 beschlossen.</p>')
      expect((await check(at, 2)).status).toBe(409)
      expect(await (await save(at, 'Decided in 2020.', 2, (await read(at)).sourceHash)).json()).toMatchObject({
        state: 'draft',
        checkedAt: null,
      })
      await explain(at, 'Seit 2019 beschlossen.', 2)
      expect((await read(at)).state).toBe('outdated')
    })
  })

  it('is outdated from the start when the original changed while it was translated, and refuses an original that never was', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const { sourceHash: hash } = await read(at)
      await explain(at, 'Seit 2020 beschlossen.', 1)
      expect(await (await save(at, 'Decided in 2019.', 0, hash)).json()).toMatchObject({ state: 'outdated' })
      expect((await save(at, 'Decided.', 1, '0'.repeat(64))).status).toBe(422)
    })
  })

  it('loses nothing when two people translate at once: the second sees both texts', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const { sourceHash: hash } = await read(at)
      await save(at, 'Theirs.', 0, hash)
      const stale = await save(at, 'Mine.', 0, hash)
      expect(stale.status).toBe(412)
      expect(await stale.json()).toMatchObject({ code: 'TRANSLATION_CHANGED', current: { explanation: 'Theirs.', version: 1 } })
      const form = { language: 'en', version: '0', sourceHash: hash, explanation: 'Mine.', reason: '' }
      const page = await (await at.coordinator.ask(`/assessments/${at.assessmentId}/questions/com-01/translation`, { form })).text()
      expect(page).toContain('Mine.</textarea>')
      expect(page).toContain('<p class="answer-explanation" lang="en">Theirs.</p>')
    })
  })

  it('stands below the question, in the overview, and in what is handed in', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const page = async (address: string) => (await at.coordinator.ask(`/assessments/${at.assessmentId}${address}`)).text()
      expect(await page('/questions/com-01')).toContain('Translation (English): not translated yet')
      await save(at, 'Decided in 2019.', 0, (await read(at)).sourceHash)
      expect(await page('/questions/com-01')).toContain('Translation (English): draft')
      expect(await page('/translations')).toContain('1 of 1 texts translated, 0 checked.')
      await at.coordinator.ask(`/api/v1/assessments/${at.assessmentId}/answers/com-01?lang=de`, {
        method: 'PUT',
        json: { options: ['planned'] },
        headers: { 'if-match': '"1"' },
      })
      const receipt = await at.coordinator.ask(`/api/v1/assessments/${at.assessmentId}/submissions`, {
        method: 'POST',
        json: {},
        headers: { 'idempotency-key': 'key-of-translations' },
      })
      expect(receipt.status).toBe(201)
      const [frozen] = await inContext(at.services.db, systemContext, (db) => db.select().from(frozenAssessments))
      expect((frozen!.content as FrozenContent).translations).toMatchObject([
        { questionId: 'com-01', language: 'en', state: 'draft', explanation: 'Decided in 2019.' },
      ])
    })
  })

  it('is for those who answer, into another language, of a text that is there', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const { sourceHash: hash } = await read(at)
      const approver = await signIn(prepared, await addPerson(prepared, 'approver', at.cityId))
      const elsewhere = await signIn(prepared, await addPerson(prepared, 'city-coordinator', await addCity(prepared, 'elsewhere')))
      expect((await save(at, 'No.', 0, hash, approver)).status).toBe(403)
      expect((await save(at, 'No.', 0, hash, elsewhere)).status).toBe(404)
      expect((await approver.ask(path(at))).status).toBe(200)
      expect((await at.coordinator.ask(path(at).replace(/en$/, 'de'))).status).toBe(404)
      expect((await at.coordinator.ask(path(at).replace('com-01', 'com-02'))).status).toBe(404)
      expect((await at.coordinator.ask(`/assessments/${at.assessmentId}/questions/com-02/translation`)).status).toBe(404)
    })
  })
})
