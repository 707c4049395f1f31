import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { countryOptions } from '../../cities/countries.ts'
import { comparePath, type CompareState, sortKeys, sortParameter, stateParameters } from '../compare-state.ts'
import type { CompareView } from './compare-view.ts'
import { bandOptions, levelOptions } from './compare-words.ts'

/** Parameters that have a field of their own in the form; the others travel hidden. */
const fields = new Set(['q', 'level', 'country', 'size', 'diversity', 'group', 'wave', 'sample', 'page', 'sort'])

const any = (t: CompareView['t']) => ({ value: '', label: t('compare.filter.any') })

function GroupFields({ t, state, compared, groups }: CompareView) {
  const { instrument, countries } = compared
  return (
    <>
      <SelectField
        name="size"
        label={t('compare.filter.size')}
        value={state.size}
        options={bandOptions(t, instrument, 'population')}
        width="full"
      />
      <SelectField
        name="diversity"
        label={t('compare.filter.diversity')}
        value={state.diversity}
        options={bandOptions(t, instrument, 'share-foreign')}
        width="full"
      />
      <SelectField
        name="country"
        label={t('compare.filter.country')}
        value={state.country}
        options={[any(t), ...countryOptions(t.language, countries)]}
        width="full"
      />
      {groups.length > 0 && (
        <SelectField
          name="group"
          label={t('compare.filter.group')}
          value={state.group}
          options={[any(t), ...groups.map(({ id, name }) => ({ value: id, label: name }))]}
          width="full"
        />
      )}
    </>
  )
}

const directions = ['ascending', 'descending'] as const

/** Every order in words; on narrow screens there are no headings to sort by. */
function orderOptions(t: CompareView['t'], { level }: CompareState, hasVerified: boolean) {
  const shown = sortKeys.filter((sort) => (sort === 'level' ? level !== 'core' : sort !== 'verified' || hasVerified))
  return shown.flatMap((sort) =>
    directions.map((direction) => ({
      value: sortParameter({ sort, direction }),
      label: t('compare.sort', {
        by: t(`compare.sort.${sort}`),
        order: t(`compare.sort.${direction}.${sort === 'name' || sort === 'country' ? 'text' : 'number'}`),
      }),
    })),
  )
}

function OrderField({ t, state, compared }: CompareView) {
  return (
    <SelectField
      name="sort"
      label={t('compare.filter.sort')}
      value={sortParameter(state)}
      options={orderOptions(t, state, compared.hasVerified)}
      width="full"
    />
  )
}

function WaveFields({ t, state, compared }: CompareView) {
  const { waves, wave } = compared
  const listed = waves.some(({ id }) => id === wave.id) ? waves : [wave, ...waves]
  return (
    <>
      <SelectField
        name="wave"
        label={t('compare.filter.wave')}
        value={wave.slug}
        options={listed.map(({ slug, name }) => ({ value: slug, label: name }))}
        width="full"
      />
      <SelectField
        name="sample"
        label={t('compare.filter.sample')}
        value={state.mode}
        options={(['all', 'wave'] as const).map((value) => ({ value, label: t(`compare.filter.sample.${value}`) }))}
        width="full"
      />
    </>
  )
}

/** Which cities and which level are shown: a plain form whose answer is an address. */
export function CompareFilters({ view, page, more = {} }: { view: CompareView; page: string; more?: Readonly<Record<string, string>> }) {
  const { t, state, compared } = view
  const isNarrowed = [state.size, state.diversity, state.country, state.group].some((value) => value !== '') || state.mode !== 'all'
  const hidden = Object.entries({ ...stateParameters(state), ...more }).filter(([name]) => !fields.has(name))
  const isFiltered = view.found.length < compared.lines.length
  return (
    <form class="compare-filters" role="search" method="get" action={`/compare${page}`}>
      <div class="compare-filter-row">
        <TextField name="q" type="search" label={t('compare.filter.search')} value={state.search} autoComplete="off" />
        <SelectField
          name="level"
          label={t('compare.filter.level')}
          value={state.level}
          options={levelOptions(t, compared.instrument)}
          width="full"
        />
        <Button kind="secondary">{t('compare.filter.show')}</Button>
      </div>
      <Disclosure summary={t('compare.filter.more')} isOpen={isNarrowed || state.wave !== null}>
        <div class="compare-filter-grid">
          <GroupFields {...view} />
          <WaveFields {...view} />
          {page !== '/aggregates' && <OrderField {...view} />}
        </div>
      </Disclosure>
      {hidden.map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      <p class="list-count" role="status">
        {t(isFiltered ? 'compare.count' : 'compare.count.all', { shown: view.found.length, all: compared.lines.length })}{' '}
        {isFiltered && (
          <a href={comparePath(page, { ...state, search: '', country: '', size: '', diversity: '', group: '', page: 1 }, more)}>
            {t('compare.filter.clear')}
          </a>
        )}
      </p>
    </form>
  )
}
