import { expect, it } from 'vitest'
import { testDatabase } from './database.ts'
import { answerMarker, personMarker } from './planted-network.ts'
import { forEachCall, nameOf, routesOf } from './route-calls.ts'
const { rolledBack } = testDatabase()
it('mine', { timeout: 300000 }, () =>
  rolledBack(async (prepared) => {
    const wrong: string[] = []
    await forEachCall(
      prepared,
      routesOf(prepared).filter((r) => /thread|notices/.test(r.path)),
      ({ route, viewer, expectation, planted }, a) => {
        const done = (a.status >= 200 && a.status < 300) || (a.status === 303 && !a.location.startsWith('/sign-in?next'))
        const who = expectation.who.includes(viewer)
        const ok = who
          ? expectation.status === undefined
            ? done
            : a.status === expectation.status
          : viewer === 'stranger'
            ? a.status === 401 || a.status === 303
            : a.status === 403 || a.status === 404
        if (!ok) wrong.push(`${nameOf(route)} ${viewer} ${a.status} ${a.location} ${a.text.slice(0, 200)}`)
        const own = viewer !== 'stranger' && planted.people[viewer].person.name.includes(personMarker)
        if (!own && (a.all.includes(answerMarker) || a.all.toLowerCase().includes(personMarker.toLowerCase())))
          wrong.push(`LEAK ${nameOf(route)} ${viewer}`)
      },
    )
    expect(wrong).toEqual([])
  }),
)
