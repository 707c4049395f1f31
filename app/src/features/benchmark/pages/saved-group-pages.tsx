import { fieldOf, type FormErrors, type FormValues, handleForm, newFormKey, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { removalSchema } from '../../cities/schemas.ts'
import { mostCities, type SavedGroup } from '../saved-groups.ts'
import { savedGroupChangeSchema, savedGroupFormSchema } from '../saved-groups-schemas.ts'
import { createSavedGroup, deleteSavedGroup, getSavedGroup, listSavedGroups, updateSavedGroup } from '../saved-groups-usecases.ts'
import { openView } from './compare-view.ts'
import { type GroupCity, GroupPage, groupSteps, NewGroupPage, NoGroupPage, SavedGroupsPage } from './SavedGroupPages.tsx'

/** Slugs with the names of their cities. */
async function namesOf({ db, results }: Services, slugs: readonly string[]): Promise<GroupCity[]> {
  await results.refresh(db)
  const names = new Map([...results.cities.values()].map(({ slug, name }) => [slug, name]))
  return slugs.map((slug) => ({ slug, name: names.get(slug) ?? slug }))
}

const slugsOf = (values: FormValues): string[] =>
  [values['cities'] ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .filter((slug) => slug !== '')

async function newPage(c: WebContext, services: Services, slugs: readonly string[], values: FormValues, errors: FormErrors) {
  const t = c.get('t')
  const title = t('compare.group.new.title')
  if (slugs.length === 0 || slugs.length > mostCities)
    return page(
      c,
      services,
      { title, status: errors === noErrors ? 200 : 422 },
      <NoGroupPage t={t} count={slugs.length} most={mostCities} />,
    )
  return page(
    c,
    services,
    { title, status: errors === noErrors ? 200 : 422 },
    <NewGroupPage
      t={t}
      cities={await namesOf(services, slugs)}
      name={fieldOf(values, 'name')}
      errors={errors}
      formKey={fieldOf(values, '_key') || newFormKey()}
    />,
  )
}

/** The cities that were ticked or, where none was, those that fit the filter. */
async function chosenSlugs(c: WebContext, services: Services): Promise<string[]> {
  const view = await openView(c, services)
  if (view === null) return []
  const known = new Set(view.compared.lines.map(({ slug }) => slug))
  const picked = view.state.picks.filter((slug) => known.has(slug))
  return picked.length > 0 ? picked : view.found.map(({ slug }) => slug)
}

function registerNewGroup(pages: Pages, services: Services): void {
  pages.get('/compare/groups/new', 'signed-in', async (c) => newPage(c, services, await chosenSlugs(c, services), {}, noErrors))
  pages.post('/compare/groups', 'signed-in', 'createSavedGroup', (c) =>
    handleForm(c, {
      schema: savedGroupFormSchema,
      run: async (input, key) => {
        await inTransaction(services, c, (db) =>
          once(db, personOf(c), { key, operation: 'createSavedGroup', body: input }, async () => {
            const { id } = await createSavedGroup(db, personOf(c), input, services.now())
            return { id }
          }),
        )
        return '/compare/groups?done=created'
      },
      again: (values, errors) => newPage(c, services, slugsOf(values), values, errors),
    }),
  )
}

interface EditState {
  group: SavedGroup
  values: FormValues | null
  errors: FormErrors
}

async function editPage(c: WebContext, services: Services, { group, values, errors }: EditState): Promise<Response> {
  const t = c.get('t')
  return page(
    c,
    services,
    { title: group.name, status: errors === noErrors ? 200 : 422 },
    <GroupPage
      t={t}
      group={group}
      cities={await namesOf(services, group.cities)}
      name={values === null ? group.name : fieldOf(values, 'name')}
      version={values === null ? String(group.version) : fieldOf(values, 'version')}
      chosen={values === null ? group.cities : slugsOf(values)}
      errors={errors}
    />,
  )
}

function registerGroup(pages: Pages, services: Services): void {
  const open = (c: WebContext) => inTransaction(services, c, (db) => getSavedGroup(db, personOf(c), c.req.param('groupId')!))
  pages.get('/compare/groups/:groupId', 'signed-in', async (c) =>
    editPage(c, services, { group: await open(c), values: null, errors: noErrors }),
  )
  pages.post('/compare/groups/:groupId', 'signed-in', 'updateSavedGroup', (c) =>
    handleForm(c, {
      schema: savedGroupChangeSchema,
      run: async (input) => {
        const change = { id: c.req.param('groupId')!, ...input }
        await inTransaction(services, c, (db) => updateSavedGroup(db, personOf(c), change, services.now()))
        return '/compare/groups?done=saved'
      },
      again: async (values, errors) => editPage(c, services, { group: await open(c), values, errors }),
    }),
  )
  pages.post('/compare/groups/:groupId/delete', 'signed-in', 'deleteSavedGroup', (c) =>
    handleForm(c, {
      schema: removalSchema,
      run: async ({ version }) => {
        const seen = { id: c.req.param('groupId')!, version }
        await inTransaction(services, c, (db) => deleteSavedGroup(db, personOf(c), seen, services.now()))
        return '/compare/groups?done=deleted'
      },
      again: async (_values, errors) => editPage(c, services, { group: await open(c), values: null, errors }),
    }),
  )
}

/** A person's own groups of cities to compare with. */
export function registerSavedGroupPages(pages: Pages, services: Services): void {
  pages.get('/compare/groups', 'signed-in', async (c) => {
    const t = c.get('t')
    const groups = await inTransaction(services, c, (db) => listSavedGroups(db, personOf(c)))
    const done = groupSteps.find((step) => step === c.req.query('done'))
    return page(c, services, { title: t('compare.group.title'), isWide: true }, <SavedGroupsPage t={t} groups={groups} done={done} />)
  })
  registerNewGroup(pages, services)
  registerGroup(pages, services)
}
