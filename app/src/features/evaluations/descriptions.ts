import { createRoute, z } from '@hono/zod-openapi'
import { body, idempotencyHeader, json, problems } from '../../api.ts'
import { ifMatchHeader } from '../cities/version.ts'
import {
  arrangedSchema,
  assignRequestSchema,
  boardSchema,
  datesRequestSchema,
  endRequestSchema,
  exceptionRequestSchema,
  openRequestSchema,
  overrideRequestSchema,
} from './schemas.ts'

// What the API says of its routes about the board of the lead and the arranging of reviews.

const tags = ['evaluation']
const ofWave = z.object({ wave: z.string().min(1).max(80) })
const ofReview = z.object({ reviewId: z.uuid() })
const base = '/api/v1/evaluations/reviews/{reviewId}'
const made = (what: string) => ({ 201: json(z.object({ id: z.string() }), what), ...problems })
const done = { 204: { description: 'Done' }, ...problems }

export const routes = {
  board: createRoute({
    operationId: 'getEvaluation',
    method: 'get',
    path: '/api/v1/waves/{wave}/evaluation',
    tags,
    summary: 'Every city that has handed in, how its review goes, the load of the experts, and proposals',
    request: { params: ofWave },
    responses: { 200: json(boardSchema, 'Board'), ...problems },
  }),
  open: createRoute({
    operationId: 'openReview',
    method: 'post',
    path: '/api/v1/waves/{wave}/reviews',
    tags,
    summary: 'Open the review of what a city has handed in last; the questions of the second expert are drawn',
    request: { params: ofWave, headers: idempotencyHeader, ...body(openRequestSchema) },
    responses: made('The review'),
  }),
  proposals: createRoute({
    operationId: 'assignProposals',
    method: 'post',
    path: '/api/v1/waves/{wave}/review-proposals',
    tags,
    summary: 'Assign experts as they are proposed',
    request: { params: ofWave, headers: idempotencyHeader },
    responses: { 200: json(z.object({ count: z.number().int() }), 'How many parts'), ...problems },
  }),
  get: createRoute({
    operationId: 'getArrangedReview',
    method: 'get',
    path: base,
    tags,
    summary: 'One review as the lead arranges it: its experts, and who else could work on it',
    request: { params: ofReview },
    responses: { 200: json(arrangedSchema, 'Review'), ...problems },
  }),
  assign: createRoute({
    operationId: 'assignExpert',
    method: 'post',
    path: `${base}/assignments`,
    tags,
    summary: 'Assign an expert to a part; refused when a conflict of interest stands against it',
    request: { params: ofReview, headers: idempotencyHeader, ...body(assignRequestSchema) },
    responses: made('The assignment'),
  }),
  end: createRoute({
    operationId: 'endAssignment',
    method: 'post',
    path: `${base}/assignments/{assignmentId}/end`,
    tags,
    summary: 'End the work of an expert who hands it over',
    request: { params: ofReview.extend({ assignmentId: z.uuid() }), ...body(endRequestSchema) },
    responses: done,
  }),
  exception: createRoute({
    operationId: 'askReviewException',
    method: 'post',
    path: `${base}/exceptions`,
    tags,
    summary: 'Ask the network coordination to let somebody work in spite of a conflict of interest',
    request: { params: ofReview, ...body(exceptionRequestSchema) },
    responses: done,
  }),
  override: createRoute({
    operationId: 'overrideConflict',
    method: 'post',
    path: `${base}/overrides`,
    tags,
    summary: 'Let somebody work in spite of a conflict of interest, with a note for the public; whoever asked cannot allow it',
    request: { params: ofReview, headers: idempotencyHeader, ...body(overrideRequestSchema) },
    responses: made('The assignment'),
  }),
  dates: createRoute({
    operationId: 'setReviewDates',
    method: 'put',
    path: `${base}/dates`,
    tags,
    summary: 'Set until when a review and its parts are due',
    request: { params: ofReview, headers: ifMatchHeader, ...body(datesRequestSchema) },
    responses: done,
  }),
  withdraw: createRoute({
    operationId: 'withdrawReview',
    method: 'post',
    path: `${base}/withdraw`,
    tags,
    summary: 'End a review without a result; the city can be reviewed anew',
    request: { params: ofReview, headers: ifMatchHeader, ...body(endRequestSchema) },
    responses: done,
  }),
}
