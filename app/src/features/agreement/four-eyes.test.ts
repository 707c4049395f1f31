import { sql, type SQL } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { type ReviewScene, reviewScene } from '../../../test/reviews.ts'
import { addPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'

// What needs two people needs them in the database as well: whoever sends SQL of their own as the role of the application, in the widest
// context that a transaction of ours may have, gets no further alone.

const { rolledBack } = testDatabase()

const send = ({ prepared }: ReviewScene, statement: SQL) => inContext(prepared.services.db, systemContext, (db) => db.execute(statement))

/** What the database says to a statement; null = it was carried out. */
const answerTo = (at: ReviewScene, statement: SQL): Promise<string | null> =>
  send(at, statement).then(
    () => null,
    (error: unknown) => String((error as { cause?: Error }).cause?.message ?? error),
  )

const close = (at: ReviewScene) => send(at, sql`update reviews set shared_at = now(), closed_at = now() where id = ${at.reviewId}`)

const sign = ({ reviewId }: ReviewScene, by: string | null) =>
  sql`update reviews set signed_at = now(), signed_by = ${by} where id = ${reviewId}`

const publish = ({ reviewId }: ReviewScene, by: string | null) =>
  sql`update reviews set published_at = now(), published_by = ${by} where id = ${reviewId}`

const settle = ({ reviewId, cityId, city }: ReviewScene, by: string) => sql`
  insert into adjudications (review_id, city_id, question_id, version, decision, reason, decided_at, decided_by)
  values (${reviewId}, ${cityId}, ${city.answered[0]}, 1, 'agreed', 'Both have read the same.', now(), ${by})`

const judge = ({ reviewId, cityId, city }: ReviewScene, by: string) => sql`
  insert into judgements (review_id, city_id, question_id, person_id, version, answer_version, decision, decided_at)
  values (${reviewId}, ${cityId}, ${city.answered[1]}, ${by}, 1, 1, 'agreed', now())`

const assign = ({ reviewId, cityId }: ReviewScene, who: string, part: string, rest: SQL = sql`null, null, null, null`) => sql`
  insert into review_assignments (review_id, city_id, person_id, part, assigned_at, assigned_by, overridden_by, override_reason, override_note)
  values (${reviewId}, ${cityId}, ${who}, ${part}, now(), ${rest})`

const result = (at: ReviewScene, methodHash: SQL) => sql`
  insert into verified_results
    (review_id, city_id, wave_id, scheme, engine_version, method_hash, inputs_hash, elements, scores, verified_shares, exact_scores, published_at)
  values (${at.reviewId}, ${at.cityId}, ${at.waveId}, 'equal', '1', ${methodHash}, '', '{core}', '{1}', '{1}', '{1/1}', now())`

const registered = ({ registrationId }: ReviewScene) => sql`(select content_hash from method_registrations where id = ${registrationId})`

describe('four eyes, as SQL of the role of the application', () => {
  it('needs two people to open, sign and publish, in this order', () =>
    rolledBack(async (prepared) => {
      const at = await reviewScene(prepared)
      const lead = at.lead.person.id
      const network = (await addPerson(prepared, 'network-coordinator', null, 'Network')).id
      expect(await answerTo(at, sign(at, lead))).toMatch(/closed review/)
      expect(await answerTo(at, publish(at, network))).toMatch(/signed|published/)
      await close(at)
      expect(await answerTo(at, sign(at, null))).toMatch(/closed review/)
      expect(await answerTo(at, sign(at, at.first.person.id))).toMatch(/has not worked/)
      const both = sql`update reviews set signed_at = now(), signed_by = ${lead}, published_at = now(), published_by = ${network} where id = ${at.reviewId}`
      expect(await answerTo(at, both)).toMatch(/signed it before/)
      expect(await answerTo(at, sign(at, lead))).toBeNull()
      for (const who of [null, lead, at.first.person.id, at.second.person.id])
        expect(await answerTo(at, publish(at, who))).toMatch(/somebody else|reviews_four_eyes/)
      expect(await answerTo(at, result(at, registered(at)))).toMatch(/belongs to a published review/)
      expect(await answerTo(at, publish(at, network))).toBeNull()
      expect(await answerTo(at, result(at, sql`${'f'.repeat(64)}`))).toMatch(/registered method/)
      expect(await answerTo(at, result(at, registered(at)))).toBeNull()
    }))

  it('changes nothing of what is signed', () =>
    rolledBack(async (prepared) => {
      const at = await reviewScene(prepared)
      const [lead, other] = [at.lead.person.id, (await addPerson(prepared, 'evaluation-coordinator', null, 'Other')).id]
      await close(at)
      await send(at, sign(at, lead))
      const change = (set: SQL) => sql`update reviews set ${set} where id = ${at.reviewId}`
      for (const set of [
        sql`signed_at = null, signed_by = null`,
        sql`signed_by = ${other}`,
        sql`closed_at = null`,
        sql`grace_until = now() + interval '1 year'`,
        sql`withdrawn_at = now()`,
        sql`sample = '{}'`,
        sql`registration_id = gen_random_uuid()`,
        sql`frozen_id = gen_random_uuid()`,
      ])
        expect(await answerTo(at, change(set))).toMatch(/never changes|in the place of another/)
      expect(await answerTo(at, settle(at, other))).toMatch(/never changes/)
      expect(await answerTo(at, judge(at, at.first.person.id))).toMatch(/never changes/)
      expect(await answerTo(at, sql`delete from reviews`)).toMatch(/permission denied/)
      expect(await answerTo(at, sql`delete from review_assignments`)).toMatch(/permission denied/)
    }))

  it('lets no expert of a review settle it, and nobody who settles it become an expert', () =>
    rolledBack(async (prepared) => {
      const at = await reviewScene(prepared)
      const lead = at.lead.person.id
      const free = (await addPerson(prepared, 'reviewer', null, 'Free')).id
      for (const { person } of [at.first, at.second]) expect(await answerTo(at, settle(at, person.id))).toMatch(/does not settle/)
      await send(at, judge(at, free)) // worked on it once, without an assignment today
      expect(await answerTo(at, settle(at, free))).toMatch(/does not settle/)
      expect(await answerTo(at, settle(at, lead))).toBeNull()
      expect(await answerTo(at, judge(at, lead))).toMatch(/none of its experts/)
      await send(at, sql`update review_assignments set ended_at = now() where review_id = ${at.reviewId}`)
      expect(await answerTo(at, assign(at, lead, 'first'))).toMatch(/one part/)
      expect(await answerTo(at, assign(at, at.first.person.id, 'second'))).toMatch(/one part/)
      expect(await answerTo(at, sql`update review_assignments set person_id = ${lead} where review_id = ${at.reviewId}`)).toMatch(
        /of another/,
      )
      expect(await answerTo(at, assign(at, free, 'second'))).toBeNull()
    }))

  it('lets nobody allow an exception that they asked for or that is for themselves, nor open what they have handed in', () =>
    rolledBack(async (prepared) => {
      const at = await reviewScene(prepared)
      const [lead, coordinator] = [at.lead.person.id, at.city.coordinator.id]
      const free = (await addPerson(prepared, 'reviewer', null, 'Free')).id
      await send(at, sql`update review_assignments set ended_at = now() where review_id = ${at.reviewId}`)
      const allowedBy = (who: string) => sql`${lead}, ${who}, 'Nobody else is free.', 'Has taught there once.'`
      for (const who of [lead, free]) expect(await answerTo(at, assign(at, free, 'first', allowedBy(who)))).toMatch(/four_eyes/)
      expect(await answerTo(at, assign(at, free, 'first', sql`${lead}, ${coordinator}, null, null`))).toMatch(/override/)
      const copy = sql`
        insert into reviews (assessment_id, city_id, wave_id, frozen_id, registration_id, sample, opened_at, opened_by)
        select assessment_id, city_id, wave_id, frozen_id, registration_id, sample, now(), ${coordinator} from reviews where id = ${at.reviewId}`
      await send(at, sql`update reviews set withdrawn_at = now() where id = ${at.reviewId}`)
      expect(await answerTo(at, copy)).toMatch(/handed in does not open/)
    }))
})
