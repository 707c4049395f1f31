import type { Page } from 'playwright-core'
import { Api } from '../../src/api.ts'
import { registerFeatures } from '../../src/features.ts'
import { can, partnerRights, type Person, type Role, roles } from '../../src/permissions.ts'
import type { Services } from '../../src/services.ts'
import { Pages, type RouteEntry } from '../../src/web.ts'
import type { Scene, Visitor } from './scene.ts'

// Every page of the product with somebody who sees it, filled from the scene.

export interface Visit {
  visitor: Visitor
  path: string
  /** Brings the page into a state other than that of the first look. */
  act?: (page: Page) => Promise<void>
  /** Only for the name. */
  state?: string
}

/** The routes that answer with a page; files are left out. The features only register themselves, so no database is needed. */
export function listPageRoutes(): RouteEntry[] {
  const pages = new Pages()
  registerFeatures(pages, new Api(), { config: {} } as Services)
  return pages.routes.filter(({ method, path }) => method === 'get' && !/\.(svg|png|json|txt|csv|xlsx|zip)$|\/file$|\/callback$/.test(path))
}

const mailboxOf: Record<Role, Visitor> = {
  'city-coordinator': 'coordinator',
  contributor: 'contributor',
  approver: 'approver',
  'technical-partner': 'partner',
  reviewer: 'expert',
  'evaluation-coordinator': 'evaluation',
  'network-coordinator': 'network',
}

/** The first role that may see a route. */
function visitorOf({ path, access }: RouteEntry): Visitor {
  if (path === '/guest' || path.startsWith('/guest/')) return 'guest'
  if (access === 'public') return 'stranger'
  const role = roles.find(
    (candidate) =>
      access === 'signed-in' ||
      can({ memberships: [{ id: '', role: candidate, cityId: null, rights: partnerRights }] } as unknown as Person, access).ok,
  )
  if (role === undefined) throw new Error(`nobody may see ${path}`)
  return mailboxOf[role]
}

/** Values of the parameters of a route. @throws when a route has one that nobody has filled here */
function fill({ path }: RouteEntry, scene: Scene): string {
  const values: Record<string, string> = {
    assessmentId: scene.assessmentId,
    questionId: scene.question,
    dimension: scene.dimension,
    element: `dimension:${scene.dimension}`,
    fact: 'population',
    year: String(new Date().getUTCFullYear() - 1),
    token: scene.invitationToken,
    city: 'lublin',
    slug: /^\/(network\/waves|waves|evaluations)\//.test(path) ? scene.openWave : scene.city,
    submissionId: scene.submission.submissionId,
    groupId: scene.savedGroupId,
    ...scene.cited,
    ...scene.work,
    ...scene.review,
    queryId: scene.dialogue.queryId,
    stepId: scene.stepId,
    caseId: 'plan-draft',
  }
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`${path}: nobody has said in visits.ts what stands for ${name}`)
    return value
  })
}

/** Pages whose first look needs another visitor or address than the table of routes gives. */
function moved(scene: Scene): Record<string, Visit> {
  const ofReview = (page: string, state?: string): Record<string, Visit> => ({
    [`/reviews/:reviewId/${page.replace(scene.dialogue.queryId, ':queryId')}`]: {
      visitor: scene.dialogue.visitor,
      path: `/reviews/${scene.review.reviewId}/${page}`,
      ...(state !== undefined && { state }),
    },
  })
  return {
    ...ofReview('city'),
    ...ofReview(`queries/${scene.dialogue.queryId}`),
    ...ofReview('decisions', 'not shared yet'), // the journey of the review looks at it later
    ...ofReview('result', 'not shared yet'),
    ...ofReview('corrections', 'not shared yet'),
    '/assessments/:assessmentId/submissions/:submissionId': {
      visitor: 'coordinator.complete',
      path: `/assessments/${scene.submission.assessmentId}/submissions/${scene.submission.submissionId}`,
    },
    '/assessments/:assessmentId/questions/:questionId/translation': {
      visitor: 'coordinator',
      path: `/assessments/${scene.assessmentId}/questions/${scene.explained}/translation`,
    },
    '/assessments/:assessmentId/snapshots/compare': {
      visitor: 'coordinator',
      path: `/assessments/${scene.assessmentId}/snapshots/compare?a=earlier&b=now`,
    },
    '/compare/cities': { visitor: 'stranger', path: `/compare/cities?pick=${scene.comparedCities.join(',')}` },
    '/compare/groups/new': { visitor: 'coordinator', path: `/compare/groups/new?pick=${scene.comparedCities.join(',')}` },
    '/guest/:token': { visitor: 'guest', path: `/guest/${scene.guestToken}`, state: 'opening' },
    '/reset-password': { visitor: 'stranger', path: `/reset-password?token=${scene.resetToken}` },
    '/account/two-factor': { visitor: 'contributor', path: '/account/two-factor' },
    '/published/:city': { visitor: 'stranger', path: '/published/linkoeping' },
    '/network/earlier/files/:hash': { visitor: 'network', path: `/network/earlier/files/${scene.earlier.file}` },
    '/assessments/:assessmentId/spreadsheet/files/:hash': {
      visitor: 'coordinator',
      path: `/assessments/${scene.assessmentId}/spreadsheet/files/${scene.spreadsheets.answers}`,
    },
    '/cities/:slug/facts/spreadsheet/files/:hash': {
      visitor: 'coordinator',
      path: `/cities/${scene.city}/facts/spreadsheet/files/${scene.spreadsheets.facts}`,
    },
    '/cities/:slug/people/spreadsheet/files/:hash': {
      visitor: 'coordinator',
      path: `/cities/${scene.city}/people/spreadsheet/files/${scene.spreadsheets.cityPeople}`,
    },
    '/network/people/spreadsheet/files/:hash': {
      visitor: 'network',
      path: `/network/people/spreadsheet/files/${scene.spreadsheets.networkPeople}`,
    },
    '/network/earlier/imports/:id/remove': { visitor: 'network', path: `/network/earlier/imports/${scene.earlier.importId}/remove` },
  }
}

/** Every page once; a guest opens the link before anything else. */
export function visitRoutes(scene: Scene): Visit[] {
  const exceptions = moved(scene)
  const routes = listPageRoutes()
  const opening = routes.filter(({ path }) => path === '/guest/:token')
  return [...opening, ...routes.filter((route) => !opening.includes(route))].map(
    (route) => exceptions[route.path] ?? { visitor: visitorOf(route), path: fill(route, scene) },
  )
}
