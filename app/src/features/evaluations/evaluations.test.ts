import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { testDatabase, type Prepared } from '../../../test/database.ts'
import { actionsOf } from '../../../test/accounts.ts'
import { addJudgement, handedInCity } from '../../../test/reviews.ts'
import { addPerson, addRole, ask, signIn, type SignedInPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Role } from '../../permissions.ts'
import { insertMembership } from '../accounts/membership-queries.ts'
import { saveAnswer } from '../assessments/usecases.ts'
import { findNewestFrozen } from '../results/queries.ts'
import { findReview, listReviewAssignments } from '../reviews/queries.ts'
import { contextOf } from '../../web.ts'
import { drawSample } from './sample.ts'

const { rolledBack } = testDatabase()

const withKey = () => ({ 'idempotency-key': randomUUID() })
const send = (who: SignedInPerson, path: string, json: unknown = {}, headers: Record<string, string> = {}, method = 'POST') =>
  who.ask(path, { method, json, headers: { ...withKey(), ...headers } })

async function read<T>(response: Response | Promise<Response>): Promise<T> {
  const answer = await response
  if (answer.status >= 300) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}
const codeOf = async (response: Response | Promise<Response>) => ((await (await response).json()) as { code: string }).code

async function scene(prepared: Prepared, slug = 'evaluated') {
  const city = await handedInCity(prepared, slug)
  const somebody = async (role: Role, name: string, cityId: string | null = null) =>
    signIn(prepared, await addPerson(prepared, role, cityId, name))
  const [network, lead] = [await somebody('network-coordinator', 'Network'), await somebody('evaluation-coordinator', 'Lead')]
  const experts = [await somebody('reviewer', 'Ada'), await somebody('reviewer', 'Ben'), await somebody('reviewer', 'Cem')]
  const wave = `/api/v1/waves/${city.waveSlug}`
  return {
    city,
    network,
    lead,
    experts,
    wave,
    coordinator: await signIn(prepared, city.coordinator),
    register: (choices = {}) => send(network, `${wave}/method`, { seed: 42, ...choices }),
    declare: (who: SignedInPerson, ties: unknown[] = []) => send(who, `${wave}/interests`, { ties }),
    open: () => read<{ id: string }>(send(lead, `${wave}/reviews`, { city: city.citySlug, dueOn: '2030-06-30' })),
  }
}

const reviewPath = (id: string) => `/api/v1/evaluations/reviews/${id}`

it('registers the method once with its hash, for everybody to read, and takes later changes only as an addendum with a reason', () =>
  rolledBack(async (prepared) => {
    const { register, lead, wave, city, network } = await scene(prepared)
    expect(await codeOf(send(lead, `${wave}/reviews`, { city: city.citySlug }))).toBe('STEP_NOT_AVAILABLE')
    expect((await send(lead, `${wave}/method`, { seed: 1 })).status).toBe(403)
    const first = await read<{ contentHash: string }>(register())
    expect(await codeOf(register({ seed: 1 }))).toBe('REVIEW_CHANGED') // has not seen the registration
    expect(await codeOf(register({ seed: 1, version: 1 }))).toBe('INPUT_INVALID') // no reason
    expect(await codeOf(register({ version: 1, reason: 'Nothing is different here' }))).toBe('INPUT_INVALID')
    const addendum = await read<{ contentHash: string }>(register({ share: 0.3, version: 1, reason: 'More questions for two' }))
    expect(addendum.contentHash).not.toBe(first.contentHash)
    const { registrations } = await read<{ registrations: { version: number; contentHash: string }[] }>(ask(prepared, `${wave}/method`))
    expect(registrations.map(({ contentHash }) => contentHash)).toEqual([first.contentHash, addendum.contentHash])
    const page = await (await ask(prepared, `/waves/${city.waveSlug}/method`)).text()
    expect(page).toContain(first.contentHash)
    expect(page).toContain('More questions for two')
    expect(page).not.toContain(network.person.name)
    expect((await actionsOf(prepared)).filter((action) => action === 'method.registered')).toHaveLength(2)
  }))

it('registers by the form, shows what is wrong with everything that was typed, and proposes a seed', () =>
  rolledBack(async (prepared) => {
    const { network, city } = await scene(prepared)
    const path = `/network/waves/${city.waveSlug}/method`
    expect(await (await network.ask(path)).text()).toMatch(/name="seed"[^>]*value="\d+"/)
    const typed = {
      share: 'a lot',
      seed: '7',
      publishable: '0,6',
      tentative: '0,667',
      minimumUnits: '30',
      version: '0',
      _key: randomUUID(),
    }
    const refused = await network.ask(path, { form: typed })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toMatch(/value="a lot"[\s\S]*value="0,6"/)
    const done = await network.ask(path, { form: { ...typed, share: '20 %', publishable: '0,8' } })
    expect([done.status, done.headers.get('location')]).toEqual([303, `${path}?done=registered`])
    expect(await (await network.ask(path)).text()).toContain('SHA-256')
  }))

it('is not opened by somebody who works for the city, whatever other roles they have', () =>
  rolledBack(async (prepared) => {
    const { register, city, wave, lead } = await scene(prepared)
    await register()
    const both = await addRole(prepared, lead.person, 'approver', city.cityId)
    const refused = await send(await signIn(prepared, both), `${wave}/reviews`, { city: city.citySlug })
    expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
      409,
      expect.stringContaining('Somebody else opens its review'),
    ])
  }))

it('opens a review with the drawn sample, and leaves the city free to go on', () =>
  rolledBack(async (prepared) => {
    const { register, open, city, wave, lead, network } = await scene(prepared)
    await register()
    expect((await send(network, `${wave}/reviews`, { city: city.citySlug })).status).toBe(403) // the lead opens
    const { id } = await open()
    expect(await codeOf(send(lead, `${wave}/reviews`, { city: city.citySlug }))).toBe('STEP_NOT_AVAILABLE')
    const { instruments, db } = prepared.services
    const [review, frozen] = await inContext(db, systemContext, async (tx) => [
      await findReview(tx, id),
      await findNewestFrozen(tx, city.assessmentId),
    ])
    expect(review).toMatchObject({ frozenId: frozen!.id, dueOn: '2030-06-30', openedBy: lead.person.id })
    expect(review!.sample).toEqual(drawSample(instruments.current, 42, frozen!.contentHash, 0.2))
    const request = {
      assessmentId: city.assessmentId,
      questionId: city.answered[0]!,
      version: 1,
      patch: { explanation: 'We go on.' },
      language: 'en',
    }
    await inContext(db, contextOf(city.coordinator), (tx) => saveAnswer(tx, city.coordinator, instruments, request, new Date()))
  }))

it('refuses experts with a conflict of interest and says why; the newest declaration counts', () =>
  rolledBack(async (prepared) => {
    const { register, open, declare, city, lead, experts } = await scene(prepared)
    await register()
    const { id } = await open()
    const [ada, ben, cem] = experts as [SignedInPerson, SignedInPerson, SignedInPerson]
    const assign = (who: SignedInPerson, part: string) => send(lead, `${reviewPath(id)}/assignments`, { personId: who.person.id, part })
    const conflictOf = async (who: SignedInPerson) =>
      ((await (await assign(who, 'first')).json()) as { code: string; conflict: string }).conflict
    expect(await conflictOf(ada)).toBe('not-declared')
    await declare(ada, [{ kind: 'employer', city: city.citySlug, note: 'taught there' }])
    expect(await conflictOf(ada)).toBe('employer')
    await declare(ada)
    expect((await assign(ada, 'first')).status).toBe(201)
    expect(await codeOf(assign(ada, 'second'))).toBe('REVIEW_CONFLICT') // nobody does both
    await declare(ben)
    expect(await codeOf(assign(ben, 'first'))).toBe('STEP_NOT_AVAILABLE') // taken
    expect((await assign(ben, 'second')).status).toBe(201)
    // who hands over a part cannot do the other one later
    const { assignments } = await read<{ assignments: { id: string; part: string }[] }>(lead.ask(reviewPath(id)))
    const second = assignments.find(({ part }) => part === 'second')!
    expect((await send(lead, `${reviewPath(id)}/assignments/${second.id}/end`, { reason: 'ill' })).status).toBe(422)
    expect((await send(lead, `${reviewPath(id)}/assignments/${second.id}/end`, { reason: 'is ill for long' })).status).toBe(204)
    expect(await codeOf(assign(ben, 'second'))).toBe('REVIEW_CONFLICT')
    await declare(cem)
    expect((await assign(cem, 'second')).status).toBe(201)
  }))

it('lets the network coordination override a conflict that the lead has asked about, with a note that stands at the assignment', () =>
  rolledBack(async (prepared) => {
    const { register, open, declare, city, lead, network, experts } = await scene(prepared)
    await register()
    const { id } = await open()
    const [ada] = experts as [SignedInPerson]
    await declare(ada, [{ kind: 'tie', city: city.citySlug, note: 'a cousin' }])
    const what = { personId: ada.person.id, part: 'first' }
    const reasons = { reason: 'Nobody else speaks it', note: 'Has family in the city' }
    const override = (who: SignedInPerson, more: object = {}) => send(who, `${reviewPath(id)}/overrides`, { ...what, ...reasons, ...more })
    expect(await codeOf(override(network))).toBe('STEP_NOT_AVAILABLE') // nobody has asked
    expect((await override(lead)).status).toBe(403)
    expect((await send(lead, `${reviewPath(id)}/exceptions`, { ...what, reason: 'Nobody else speaks it' })).status).toBe(204)
    const news = await (await network.ask('/notices')).text()
    expect(news).toContain('Lead asks you for an exception: Ada is to review evaluated in spite of a conflict of interest.')
    expect(news).toContain(`/evaluations/reviews/${id}`)
    const page = await (await network.ask(`/evaluations/reviews/${id}`)).text()
    expect(page).toContain('Nobody else speaks it')
    expect((await override(network, { note: '' })).status).toBe(422)
    expect((await override(network)).status).toBe(201)
    const [assignment] = await inContext(prepared.services.db, systemContext, (db) => listReviewAssignments(db, { reviewIds: [id] }))
    expect(await (await lead.ask('/notices')).text()).toContain('Network has allowed the exception: Ada works on the review.')
    expect(assignment).toMatchObject({ overrideNote: 'Has family in the city', person: { id: ada.person.id } })
    expect(await actionsOf(prepared)).toEqual(expect.arrayContaining(['review.exception-asked', 'review.conflict-overridden']))
  }))

it('does not let one person ask for an exception and allow it', () =>
  rolledBack(async (prepared) => {
    const { register, open, lead, network, experts } = await scene(prepared)
    await register()
    const { id } = await open()
    const both = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
    await inContext(prepared.services.db, systemContext, async (db) => {
      await insertMembership(db, {
        personId: both.person.id,
        role: 'evaluation-coordinator',
        cityId: null,
        createdBy: null,
        now: new Date(),
      })
    })
    const what = { personId: experts[0]!.person.id, part: 'first', reason: 'It has to be this one' }
    expect((await send(both, `${reviewPath(id)}/exceptions`, what)).status).toBe(204)
    const decide = (who: SignedInPerson) => send(who, `${reviewPath(id)}/overrides`, { ...what, note: 'Has not declared yet' })
    expect(await codeOf(decide(both))).toBe('STEP_NOT_AVAILABLE')
    expect((await decide(network)).status).toBe(201)
    expect((await lead.ask(`/evaluations/reviews/${id}`)).status).toBe(200)
  }))

it('proposes and assigns experts, and shows the board to whoever watches and to nobody else', () =>
  rolledBack(async (prepared) => {
    const { register, open, declare, city, lead, network, coordinator, experts, wave } = await scene(prepared)
    await register()
    const { id } = await open()
    for (const expert of experts) await declare(expert)
    expect(await read(send(lead, `${wave}/review-proposals`))).toEqual({ count: 2 })
    const { assignments } = await read<{ assignments: { part: string; person: { id: string } }[] }>(lead.ask(reviewPath(id)))
    const second = assignments.find(({ part }) => part === 'second')!.person.id
    const first = assignments.find(({ part }) => part === 'first')!.person.id
    await inContext(prepared.services.db, systemContext, async (db) => {
      await addJudgement(db, { reviewId: id, cityId: city.cityId }, first, { questionId: city.answered[0]! })
      for (const questionId of city.answered.slice(0, 3))
        await addJudgement(db, { reviewId: id, cityId: city.cityId }, second, { questionId })
    })
    const board = await read<{ cities: object[]; experts: { id: string; questionsLeft: number }[] }>(lead.ask(`${wave}/evaluation`))
    const { sample } = (await inContext(prepared.services.db, systemContext, (db) => findReview(db, id)))!
    expect(board.cities).toMatchObject([
      { stage: 'reviewing', first: { decided: 1, isSigned: false }, second: { decided: null, isSigned: false } },
    ])
    expect(board.experts.find((each) => each.id === second)!.questionsLeft).toBe(sample.length) // says nothing of what they have done
    for (const watcher of [lead, network]) expect((await watcher.ask(`/evaluations/${city.waveSlug}`)).status).toBe(200)
    for (const other of [...experts, coordinator])
      for (const path of [`/evaluations/${city.waveSlug}`, `${wave}/evaluation`, `/evaluations/reviews/${id}`, reviewPath(id)])
        expect((await other.ask(path)).status, path).toBe(403)
  }))

it('sets days in the version that was seen, and ends the access of experts when it is withdrawn', () =>
  rolledBack(async (prepared) => {
    const { register, open, declare, lead, experts, wave, city } = await scene(prepared)
    await register()
    const { id } = await open()
    await declare(experts[0]!)
    await send(lead, `${reviewPath(id)}/assignments`, { personId: experts[0]!.person.id, part: 'first' })
    const dates = (json: object, version: string) => send(lead, `${reviewPath(id)}/dates`, json, { 'if-match': version }, 'PUT')
    expect((await dates({ dueOn: '2030-02-30' }, '"1"')).status).toBe(422)
    expect((await dates({ dueOn: '2030-03-01', first: '2030-02-01' }, '"1"')).status).toBe(204)
    expect(await codeOf(dates({ dueOn: null }, '"1"'))).toBe('REVIEW_CHANGED')
    expect((await dates({ dueOn: '2030-03-02' }, '"2"')).status).toBe(204)
    const { assignments, dueOn } = await read<{ assignments: { dueOn: string }[]; dueOn: string }>(lead.ask(reviewPath(id)))
    expect([dueOn, assignments[0]!.dueOn]).toEqual(['2030-03-02', '2030-02-01']) // what is not sent stays
    const withdrawn = await send(lead, `${reviewPath(id)}/withdraw`, { reason: 'Opened by mistake' }, { 'if-match': '"3"' })
    expect(withdrawn.status).toBe(204)
    const left = await inContext(prepared.services.db, systemContext, (db) => listReviewAssignments(db, { reviewIds: [id] }))
    expect(left).toEqual([])
    expect((await send(lead, `${wave}/reviews`, { city: city.citySlug })).status).toBe(201) // anew
  }))

it('takes interests by the form, keeps what was typed, and leads everybody there from the first page', () =>
  rolledBack(async (prepared) => {
    const { experts, city, lead, register } = await scene(prepared)
    await register()
    const [ada] = experts as [SignedInPerson]
    const path = `/evaluations/${city.waveSlug}/interests`
    expect(await (await ada.ask('/home')).text()).toContain(path)
    expect(await (await lead.ask('/home')).text()).toContain(`/evaluations/${city.waveSlug}"`)
    const row = { city: [city.citySlug, ''], kind: ['own-city', 'own-city'], note: ['I live there', ''] }
    const both = await ada.ask(path, { form: { declares: 'none', ...row, _key: randomUUID() } })
    expect(both.status).toBe(422)
    expect(await both.text()).toContain('I live there')
    expect((await ada.ask(path, { form: { declares: 'some', ...row, _key: randomUUID() } })).status).toBe(303)
    const mine = await read<{ ties: unknown[] }>(ada.ask(`/api/v1/waves/${city.waveSlug}/interests`))
    expect(mine.ties).toEqual([{ kind: 'own-city', city: city.citySlug, note: 'I live there' }])
    expect((await ada.ask(path)).status).toBe(200)
  }))
