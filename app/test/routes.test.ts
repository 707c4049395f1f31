import { describe, expect, it } from 'vitest'
import { can } from '../src/permissions.ts'
import { testDatabase } from './database.ts'
import { answerMarker, personMarker, plantNetwork, viewers } from './planted-network.ts'
import { type Answered, type Call, changes, forEachCall, nameOf, routesOf } from './route-calls.ts'
import { routeTable, withoutForm } from './route-table.ts'

// Every route of the product, called by everybody: whoever may, can; nobody else; and nothing of one city reaches another.

const { rolledBack } = testDatabase()

const isDone = ({ status, location }: { status: number; location: string }) =>
  (status >= 200 && status < 300) || (status === 303 && !location.startsWith('/sign-in?next'))

/** What the answer has to be; null when it is. */
function findWrong({ route, expectation, viewer }: Call, answer: Answered): string | null {
  const { status, location } = answer
  const said = `${nameOf(route)} as ${viewer}: ${status} ${location}`
  if (status >= 500) return said
  if (expectation.who.includes(viewer)) {
    const refused = typeof expectation.status === 'object' ? expectation.status[viewer] : expectation.status
    return (refused === undefined ? isDone(answer) : status === refused) ? null : `${said}, but is theirs`
  }
  if (viewer === 'stranger')
    return status === 401 || (route.method === 'get' && status === 303 && location.startsWith('/sign-in?next='))
      ? null
      : `${said}, but should be asked to sign in`
  return status === 403 || status === 404 ? null : `${said}, but should be refused`
}

describe('forms and operations', () => {
  it('gives every form action an operation of the API, and every change by the API a form', () =>
    rolledBack(async (prepared) => {
      const { paths } = (await (await prepared.app.request('/api/v1/openapi.json')).json()) as {
        paths: Record<string, Record<string, { operationId: string }>>
      }
      const documented = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
      const actions = prepared.app.pages.routes.filter(changes)
      expect(actions.filter(({ operation }) => !documented.includes(operation!)).map(nameOf)).toEqual([])
      const offered = new Set(actions.map(({ operation }) => operation))
      const lonely = prepared.app.api.routes
        .filter((route) => changes(route) && !offered.has(route.operation))
        .map(({ operation }) => operation)
      expect(lonely).toEqual(Object.keys(withoutForm))
      expect(new Set(documented).size).toBe(prepared.app.api.routes.length)
    }))
})

describe('who may call which route', () => {
  it('is written down by hand for every route, and for none that is gone', () =>
    rolledBack(async (prepared) => {
      expect(routesOf(prepared).map(nameOf).sort()).toEqual(Object.keys(routeTable).sort())
    }))

  it('is declared at each route as it is written down', () =>
    rolledBack(async (prepared) => {
      const { people } = await plantNetwork(prepared)
      const wrong = routesOf(prepared).flatMap((route) => {
        const { who, narrower } = routeTable[nameOf(route)] ?? { who: [], narrower: undefined }
        // coordinator and expert of city B pass where those of city A do; there the use case knows the city
        return narrower !== undefined
          ? []
          : viewers
              .filter((viewer) => viewer !== 'coordinatorB' && viewer !== 'reviewerB')
              .flatMap((viewer) => {
                const mayAsk =
                  route.access === 'public' ||
                  (viewer !== 'stranger' && (route.access === 'signed-in' || can(people[viewer].person, route.access).ok))
                return mayAsk === who.includes(viewer)
                  ? []
                  : [`${nameOf(route)} is declared ${route.access}, ${viewer} ${who.includes(viewer) ? 'may' : 'may not'}`]
              })
      })
      expect(wrong).toEqual([])
    }))
})

/** Whether an answer shows what belongs to city A to somebody else. */
function isLeak({ expectation, viewer }: Call, all: string): boolean {
  const mayNamePeople = expectation.showsPeople !== undefined && expectation.who.includes(viewer)
  const mayShowAnswers = expectation.showsAnswers !== undefined && expectation.who.includes(viewer)
  return (!mayShowAnswers && all.includes(answerMarker)) || (!mayNamePeople && all.toLowerCase().includes(personMarker.toLowerCase()))
}

describe('strangers, all six roles and the coordinator of another city', () => {
  it(
    'can do at every route what is theirs and nothing else, and find nothing of a city that is not theirs in status, headers or body',
    { timeout: 900_000 },
    () =>
      rolledBack(async (prepared) => {
        const wrong: string[] = []
        const leaks: string[] = []
        const shown = new Set<string>()
        await forEachCall(prepared, routesOf(prepared), (call, answer) => {
          const { route, viewer, planted } = call
          const problem = findWrong(call, answer)
          if (problem !== null) wrong.push(problem)
          const isOwn = viewer !== 'stranger' && planted.people[viewer].person.name.includes(personMarker)
          if (isOwn && answer.all.includes(answerMarker)) shown.add(nameOf(route))
          if (!isOwn && isLeak(call, answer.all)) leaks.push(`${nameOf(route)} as ${viewer}`)
        })
        expect(wrong).toEqual([])
        expect(leaks).toEqual([])
        // the marker is where it should be, so that its absence elsewhere says something
        expect([...shown]).toEqual(
          expect.arrayContaining([
            'GET /assessments/:assessmentId/areas/:dimension',
            'GET /api/v1/assessments/{assessmentId}/answers',
            'GET /api/v1/assessments/{assessmentId}/answers/{questionId}/history',
          ]),
        )
      }),
  )

  it('cannot be reached through the address of the own city', () =>
    rolledBack(async (prepared) => {
      const planted = await plantNetwork(prepared)
      const { cookie } = planted.people.coordinatorB
      const ask = async (path: string, body: string) => {
        const response = await prepared.app.request(path, {
          method: 'POST',
          body,
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        })
        return [response.status, (await response.text()).toLowerCase().includes(personMarker.toLowerCase())]
      }
      const people = '/cities/city-b/people'
      for (const path of [
        `${people}/invitations/${planted.invitationA.id}/resend`,
        `${people}/invitations/${planted.invitationA.id}/withdraw`,
        `${people}/roles/${planted.membershipA}/end`,
      ])
        expect(await ask(path, '_key=0123456789'), path).toEqual([422, false])
      expect(await ask(`/account/sessions/${planted.people.coordinator.sessionId}/end`, ''), 'session of city A').toEqual([422, false])
    }))
})

describe('requests that no page sends', () => {
  it('are refused when they come from another site', { timeout: 120_000 }, () =>
    rolledBack(async (prepared) => {
      const wrong: string[] = []
      await forEachCall(
        prepared,
        routesOf(prepared).filter(changes),
        ({ route, viewer }, { status }) => {
          if (status !== 403) wrong.push(`${nameOf(route)} as ${viewer}: ${status}`)
        },
        { headers: { origin: 'https://evil.example' }, as: ['stranger', 'coordinator', 'network'] },
      )
      expect(wrong).toEqual([])
    }),
  )
})
