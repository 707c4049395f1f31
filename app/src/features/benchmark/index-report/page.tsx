import { renderToString } from 'preact-render-to-string'
import type { Translator } from '../../../text/text.ts'
import { CoherenceSection } from './coherence.tsx'
import { CorrelationSection } from './correlation-map.tsx'
import { DataSection } from './data.tsx'
import { InfluenceSection } from './influence.tsx'
import { MethodSection, OriginSection } from './method.tsx'
import { RankSection } from './ranks.tsx'
import { formatDecimals, nameElement, rankedUnits, rootOf, type IndexReport } from './report.ts'
import { ScoreSection } from './scores.tsx'
import { SensitivitySection } from './sensitivity.tsx'
import { AlternativeSection, LeaveOneOutSection } from './shifts.tsx'
import { reportStyle } from './style.ts'

/**
 * The whole report as one HTML file: no script, no picture, no font from elsewhere. The same report gives the same bytes.
 * @returns text that begins with the doctype
 */
export function renderReport(report: IndexReport): string {
  return `<!doctype html>\n${renderToString(<ReportPage report={report} />)}\n`
}

function ReportPage({ report }: { readonly report: IndexReport }) {
  const { t } = report
  const name = nameElement(report, rootOf(report.framework))
  return (
    <html lang={t.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{t('index-report.page.title', { name })}</title>
        <style dangerouslySetInnerHTML={{ __html: reportStyle }} />
      </head>
      <body>
        <a class="skip" href="#content">
          {t('index-report.page.skip')}
        </a>
        <header>
          <h1>{name}</h1>
          <p class="lead">{t('index-report.page.lead')}</p>
        </header>
        <Contents t={t} />
        <main id="content">
          <Facts report={report} />
          <RankSection report={report} />
          <ScoreSection report={report} />
          <SensitivitySection report={report} />
          <LeaveOneOutSection report={report} />
          <AlternativeSection report={report} />
          <DataSection report={report} />
          <CorrelationSection report={report} />
          <CoherenceSection report={report} />
          <InfluenceSection report={report} />
          <MethodSection report={report} />
          <OriginSection report={report} />
        </main>
      </body>
    </html>
  )
}

function Contents({ t }: { readonly t: Translator }) {
  const parts = [
    ['ranks', t('index-report.ranks.title')],
    ['scores', t('index-report.scores.title')],
    ['sensitivity', t('index-report.sensitivity.title')],
    ['leave-one-out', t('index-report.leftOut.title')],
    ['alternatives', t('index-report.alternative.title')],
    ['data', t('index-report.data.title')],
    ['correlations', t('index-report.correlations.title')],
    ['coherence', t('index-report.coherence.title')],
    ['influence', t('index-report.influence.title')],
    ['method', t('index-report.method.title')],
    ['origin', t('index-report.origin.title')],
  ] as const
  return (
    <nav aria-label={t('index-report.page.contents')}>
      <ol>
        {parts.map(([id, title]) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Facts({ report }: { readonly report: IndexReport }) {
  const { t, audit, framework, seed, uncertainty } = report
  const leaves = framework.elements.filter(({ level }) => level === 1).length
  const facts = [
    [
      t('index-report.facts.units'),
      t('index-report.facts.unitsRanked', { all: audit.result.units.length, ranked: rankedUnits(report).length }),
    ],
    [t('index-report.facts.indicators'), formatDecimals(t, leaves)],
    [t('index-report.facts.levels'), formatDecimals(t, new Set(framework.elements.map(({ level }) => level)).size)],
    [t('index-report.facts.runs'), formatDecimals(t, uncertainty.value?.runs ?? null)],
    [t('index-report.facts.seed'), String(seed)],
    [t('index-report.facts.version'), audit.engineVersion],
  ] as const
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
