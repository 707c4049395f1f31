import type { ComponentChildren } from 'preact'
import type { Translator } from '../../../text/text.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { NavTabs } from '../../../ui/NavTabs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { comparePath, type CompareState } from '../compare-state.ts'
import type { CompareView } from './compare-view.ts'
import { comparisonFoot } from './compare-words.ts'

/** The pages of the comparison. */
export const compareTabs = ['', '/map', '/aggregates', '/groups'] as const
export type CompareTab = (typeof compareTabs)[number]

const tabNames = { '': 'cities', '/map': 'map', '/aggregates': 'aggregates', '/groups': 'groups' } as const

/** Table, map, aggregates and own groups as pages of their own; what is looked at stays. */
export function CompareTabs({
  t,
  state,
  current,
  isSignedIn,
}: {
  t: Translator
  state: CompareState
  current: CompareTab
  isSignedIn: boolean
}) {
  const tabs = compareTabs.filter((tab) => tab !== '/groups' || isSignedIn)
  const links = tabs.map((tab) => ({
    href: tab === '/groups' ? '/compare/groups' : comparePath(tab, { ...state, page: 1 }),
    text: t(`compare.tab.${tabNames[tab]}`),
    isCurrent: tab === current,
  }))
  return (
    <div class="compare-tabs">
      <NavTabs label={t('compare.tabs')} links={links} />
    </div>
  )
}

/** Who may see what, and what is not ranked together. */
export function CompareNotes({ t, compared }: Pick<CompareView, 't' | 'compared'>) {
  const { isMember, blind, otherVersions, instrument } = compared
  if (isMember && blind === null && otherVersions === 0) return null
  return (
    <div class="compare-notes">
      {!isMember && (
        <p>
          {t('compare.public')} <a href="/sign-in?next=/compare">{t('compare.public.signIn')}</a>
        </p>
      )}
      {blind !== null && <p>{t(`compare.blind.${blind}`)}</p>}
      {otherVersions > 0 && (
        <p>
          {t('compare.versions', { count: otherVersions, version: instrument.version })}{' '}
          <a href="/method">{t('compare.versions.method')}</a>
        </p>
      )}
    </div>
  )
}

/** Nothing to compare yet. */
export function NothingToCompare({ t, isMember, isExpert }: { t: Translator; isMember: boolean; isExpert: boolean }) {
  return (
    <>
      <PageHeading title={t('compare.empty.heading')} />
      <EmptyState
        title={t('compare.empty.title')}
        action={isMember ? undefined : <a href="/sign-in?next=/compare">{t('compare.public.signIn')}</a>}
      >
        {t(isMember ? 'compare.empty.member' : 'compare.empty.public')}
        {isExpert && ` ${t('compare.blind.expert')}`}
      </EmptyState>
    </>
  )
}

/** Files, and what the figures rest on. */
export function CompareFoot({
  t,
  compared,
  now,
  files,
  children,
}: Pick<CompareView, 't' | 'compared' | 'now'> & { files: readonly { href: string; text: string }[]; children?: ComponentChildren }) {
  return (
    <div class="compare-foot">
      <ul class="chart-downloads" aria-label={t('results.chart.downloads')}>
        {files.map(({ href, text }) => (
          <li key={href}>
            <a href={href} download>
              {text}
            </a>
          </li>
        ))}
      </ul>
      {children}
      <p class="chart-foot">
        {compared.isSynthetic && <strong class="chart-synthetic">{t('compare.synthetic')}</strong>}
        {comparisonFoot(t, compared, now).map((part) => (
          <span key={part}>{part}</span>
        ))}
      </p>
    </div>
  )
}

/** The three kinds of file of a page, in one order everywhere. */
export function fileLinks(t: Translator, path: (ending: string) => string, csv = path('.csv')): { href: string; text: string }[] {
  return [
    { href: csv, text: t('results.chart.csv') },
    { href: path('.svg'), text: t('results.chart.svg') },
    { href: path('.png'), text: t('results.chart.png') },
  ]
}
