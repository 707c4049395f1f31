import type { Api } from '../../api.ts'
import type { Db } from '../../db/open.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf, type WebContext } from '../../web.ts'
import { versionOf } from '../cities/version.ts'
import { stageOf } from '../reviews/review.ts'
import {
  assignExpert,
  assignProposals,
  endAssignment,
  openArranging,
  openReview,
  setReviewDates,
  type WatchedReview,
  withdrawReview,
} from './assigning.ts'
import type { PartState } from './board.ts'
import { type Board, openBoard } from './board-usecases.ts'
import { askException, overrideConflict } from './exceptions.ts'
import { routes } from './descriptions.ts'
import { registerMethodRoutes } from './method-routes.ts'

const toPart = (part: PartState | null) =>
  part && {
    person: part.assignment.person.name,
    dueOn: part.assignment.dueOn,
    isOverdue: part.isOverdue,
    isSigned: part.assignment.signedAt !== null,
    decided: part.decided,
  }

const toBoard = ({ registration, rows, experts, proposals }: Board) => ({
  isRegistered: registration !== null,
  cities: rows.map(({ handedIn, review, stage, parts, isOverdue, waitingOnCity, waitingOnExpert }) => ({
    city: handedIn.city.slug,
    name: handedIn.city.name,
    handedInAt: handedIn.frozenAt.toISOString(),
    reviewId: review?.id ?? null,
    stage,
    dueOn: review?.dueOn ?? null,
    isOverdue,
    first: toPart(parts.first),
    second: toPart(parts.second),
    waitingOnCity,
    waitingOnExpert,
  })),
  experts: experts.map(({ id, name, openReviews, questionsLeft, declaration }) => ({
    id,
    name,
    openReviews,
    questionsLeft,
    declaredAt: declaration?.declaredAt.toISOString() ?? null,
  })),
  proposals: proposals.map(({ reviewId, part, personId }) => ({ reviewId, part, personId })),
})

const toArranged = ({ review, assignments, experts }: WatchedReview) => ({
  id: review.id,
  city: review.city.slug,
  wave: review.wave.slug,
  stage: stageOf(review, assignments),
  dueOn: review.dueOn,
  version: review.version,
  sampleSize: review.sample.length,
  assignments: assignments.map(({ id, part, person, dueOn, assignedAt, signedAt, overrideNote }) => ({
    id,
    part,
    person,
    dueOn,
    assignedAt: assignedAt.toISOString(),
    signedAt: signedAt?.toISOString() ?? null,
    publicNote: overrideNote,
  })),
  experts: experts.map(({ id, name, openReviews, questionsLeft, obstacle }) => ({
    id,
    name,
    openReviews,
    questionsLeft,
    conflict: obstacle,
  })),
})

export function registerEvaluationRoutes(api: Api, services: Services): void {
  registerMethodRoutes(api, services)
  registerBoardRoutes(api, services)
  registerArrangingRoutes(api, services)
}

/** Carries out once per key, in one transaction. */
function doOnce<T>(
  services: Services,
  c: WebContext,
  operation: string,
  key: string,
  request: object,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  return inTransaction(services, c, (db) => once(db, personOf(c), { key, operation, body: request }, () => work(db)))
}

function registerBoardRoutes(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('reviews.watch', routes.board, async (c) => {
    const { wave } = c.req.valid('param')
    return c.json(toBoard(await inTransaction(services, c, (db) => openBoard(db, personOf(c), instruments, wave, now()))), 200)
  })
  api.add('reviews.manage', routes.open, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    const key = c.req.valid('header')['idempotency-key']
    return c.json(
      await doOnce(services, c, 'openReview', key, request, (db) => openReview(db, personOf(c), instruments, request, now())),
      201,
    )
  })
  api.add('reviews.manage', routes.proposals, async (c) => {
    const { wave } = c.req.valid('param')
    const key = c.req.valid('header')['idempotency-key']
    const work = (db: Db) => assignProposals(db, personOf(c), instruments, wave, now())
    return c.json(await doOnce(services, c, 'assignProposals', key, { wave }, work), 200)
  })
}

function registerArrangingRoutes(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('reviews.watch', routes.get, async (c) => {
    const { reviewId } = c.req.valid('param')
    return c.json(toArranged(await inTransaction(services, c, (db) => openArranging(db, personOf(c), instruments, reviewId))), 200)
  })
  api.add('reviews.manage', routes.assign, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    const key = c.req.valid('header')['idempotency-key']
    const work = (db: Db) => assignExpert(db, personOf(c), instruments, request, now())
    return c.json(await doOnce(services, c, 'assignExpert', key, request, work), 201)
  })
  api.add('reviews.manage', routes.end, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    await inTransaction(services, c, (db) => endAssignment(db, personOf(c), request, now()))
    return c.body(null, 204)
  })
  api.add('reviews.manage', routes.exception, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    await inTransaction(services, c, (db) => askException(db, personOf(c), instruments, request, now()))
    return c.body(null, 204)
  })
  api.add('reviews.override', routes.override, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    const key = c.req.valid('header')['idempotency-key']
    const work = (db: Db) => overrideConflict(db, personOf(c), instruments, request, now())
    return c.json(await doOnce(services, c, 'overrideConflict', key, request, work), 201)
  })
  api.add('reviews.manage', routes.dates, async (c) => {
    const { dueOn, ...parts } = c.req.valid('json')
    const request = { ...c.req.valid('param'), version: versionOf(c.req.valid('header')['if-match']), dueOn, parts }
    await inTransaction(services, c, (db) => setReviewDates(db, personOf(c), request, now()))
    return c.body(null, 204)
  })
  api.add('reviews.manage', routes.withdraw, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json'), version: versionOf(c.req.valid('header')['if-match']) }
    await inTransaction(services, c, (db) => withdrawReview(db, personOf(c), request, now()))
    return c.body(null, 204)
  })
}
