import { can } from '../../../permissions.ts'
import type { HomeLinksOf, HomeSection } from '../../assessments/extras.ts'
import { listWaves } from '../../waves/queries.ts'
import { listDeclaredWaves, listRegisteredWaves } from '../queries.ts'

const newestWaves = 4

/** The evaluation of the newest waves, for whoever watches it, and interests to declare: three queries. */
export const evaluationLinks: HomeLinksOf = async (db, { t, person }) => {
  const [watches, declares, registers] = [
    can(person, 'reviews.watch').ok,
    can(person, 'interests.declare').ok,
    can(person, 'method.register').ok,
  ]
  if (!watches && !declares) return null
  const waves = (await listWaves(db, newestWaves)).filter(({ instrumentVersionId }) => instrumentVersionId !== null)
  const [registered, declared] = [await listRegisteredWaves(db), declares ? await listDeclaredWaves(db, person.id) : new Set<string>()]
  const links = waves.flatMap(({ id, slug, name }): HomeSection['links'][number][] => {
    const isRegistered = registered.has(id)
    const missing = isRegistered ? undefined : t('evaluations.home.lead.notRegistered')
    return [
      ...(watches ? [{ href: `/evaluations/${slug}`, text: t('evaluations.home.lead.board', { wave: name }), hint: missing }] : []),
      ...(registers ? [{ href: `/network/waves/${slug}/method`, text: t('evaluations.home.lead.register', { wave: name }) }] : []),
      ...(declares
        ? [
            {
              href: `/evaluations/${slug}/interests`,
              text: t('evaluations.home.lead.interests', { wave: name }),
              hint: t(declared.has(id) ? 'evaluations.home.expert.declared' : 'evaluations.home.expert.missing'),
            },
          ]
        : []),
    ]
  })
  return links.length === 0 ? null : { title: t('evaluations.home.lead.title'), links }
}
