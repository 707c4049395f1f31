import { it, vi } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { addPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { insertNetwork } from '../demo/load.ts'
import { inventNetwork } from '../demo/network.ts'
import { openResult } from '../results/usecases.ts'
import { compareResult } from './usecases.ts'
import { translator } from '../../text/text.ts'
import { renderToString } from 'preact-render-to-string'
import { ResultPage } from '../results/pages/ResultPage.tsx'
import { standardView } from '../results/pages/view.ts'
import { h } from 'preact'
vi.setConfig({ testTimeout: 120_000 })
const { rolledBack } = testDatabase()
it('profile', async () => {
  for (const size of [136, 1500]) await rolledBack(async (prepared) => {
    const { services } = prepared
    const network = inventNetwork(1, services.instruments.current, services.now(), size)
    await inContext(services.db, systemContext, (db) => insertNetwork(db, network, [], services, services.now()))
    const own = network.assessments.find(({ city, wave }) => city.name === 'Molnköping' && wave === network.waves[2])!
    const person = await addPerson(prepared, 'city-coordinator', own.city.id)
    const coordinator = await signIn(prepared, person)
    const cpu = async (name: string, n: number, work: () => unknown) => { await work(); const c = process.cpuUsage(); const t = performance.now(); for (let i = 0; i < n; i++) await work(); const d = process.cpuUsage(c); console.log(size, name, 'cpu ms', ((d.user + d.system) / 1000 / n).toFixed(2), 'wall', ((performance.now() - t) / n).toFixed(2)) }
    await services.results.refresh(services.db)
    const opened = await inContext(services.db, systemContext, (db) => openResult(db, person, services.instruments, { assessmentId: own.id, scheme: null, copy: null }))
    await cpu('open', 20, () => inContext(services.db, systemContext, (db) => openResult(db, person, services.instruments, { assessmentId: own.id, scheme: null, copy: null })))
    await cpu('refresh', 20, () => services.results.refresh(services.db))
    await cpu('compare', 50, () => compareResult(services.results, opened, { mode: 'all', cluster: null }))
    const compared = { ...opened, comparison: compareResult(services.results, opened, { mode: 'all', cluster: null }) }
    const t = translator('de')
    await cpu('render', 30, () => renderToString(h(ResultPage, { t, compared, view: standardView, canChange: true, now: new Date() })))
    await cpu('request', 20, () => coordinator.ask(`/assessments/${own.id}/results`))
    console.log('bytes', (await (await coordinator.ask(`/assessments/${own.id}/results`)).text()).length)
  })
})
