import type { Dataset } from './dataset.ts'
import type { Framework } from './framework.ts'
import { ruleFor, type Aggregation, type Assumptions, type Imputation, type Method, type Normalisation, type Weighting } from './method.ts'

/** What the parts of a method are checked against. */
interface Surroundings {
  readonly codes: ReadonlySet<string>
  readonly leaves: ReadonlySet<string>
  /** Level of the index, the highest. */
  readonly topLevel: number
  readonly dataset: Dataset | null
}

/**
 * Everything in a method that does not fit the framework or the data: elements, size variables, groups, units and
 * levels that do not exist, goalposts or targets that are missing, and assumptions that can never be reached.
 * @param framework sound
 * @param dataset   null: only the framework is looked at
 * @returns one message per broken rule, naming it; empty when everything fits
 */
export function checkMethod(method: Method, framework: Framework, dataset: Dataset | null): string[] {
  const around: Surroundings = {
    codes: new Set(framework.elements.map(({ code }) => code)),
    leaves: new Set(framework.elements.filter(({ level }) => level === 1).map(({ code }) => code)),
    topLevel: Math.max(...framework.elements.map(({ level }) => level)),
    dataset,
  }
  return [
    ...unknownCodes('denomination', Object.keys(method.denomination), around.leaves, 'indicator'),
    ...unknownDenominators(method, around),
    ...unknownCodes('treatmentOf', Object.keys(method.treatmentOf), around.leaves, 'indicator'),
    ...unknownCodes('normalisationOf', Object.keys(method.normalisationOf), around.leaves, 'indicator'),
    ...normalisationProblems('normalisation', method.normalisation, leavesWithoutOwn(method, around), around),
    ...Object.entries(method.normalisationOf).flatMap(([code, own]) =>
      normalisationProblems(`normalisationOf.${code}`, own, [code], around),
    ),
    ...imputationProblems('imputation', method.imputation, around),
    ...weightingProblems(method.weighting, around),
    ...aggregationProblems('aggregation', method.aggregation, around),
    ...(method.uncertainty === null ? [] : assumptionProblems(method.uncertainty, method, around)),
  ]
}

function leavesWithoutOwn(method: Method, { leaves }: Surroundings): string[] {
  return [...leaves].filter((code) => ruleFor(method.normalisationOf, code) === undefined)
}

function unknownCodes(key: string, codes: readonly string[], known: ReadonlySet<string>, what: string): string[] {
  return codes
    .filter((code) => !known.has(code))
    .map((code) => `${key}: "${code}" is no ${what} of the framework; correct the code or remove it`)
}

function unknownDenominators({ denomination }: Method, { dataset }: Surroundings): string[] {
  if (dataset === null) return []
  return Object.entries(denomination)
    .filter(([, name]) => !dataset.denominators.has(name))
    .map(
      ([code, name]) => `denomination: "${code}" is divided by "${name}", which the data do not have; add the column or correct the name`,
    )
}

function normalisationProblems(key: string, normalisation: Normalisation, codes: readonly string[], around: Surroundings): string[] {
  switch (normalisation.kind) {
    case 'goalposts':
      return tableProblems(`${key}.posts`, normalisation.posts, codes, around)
    case 'distanceToTarget':
      return tableProblems(`${key}.targets`, normalisation.targets, codes, around)
    case 'distanceToReference':
      if (around.dataset === null || around.dataset.units.includes(normalisation.unit)) return []
      return [`${key}.unit: "${normalisation.unit}" is no unit of the data; name one that is`]
    default:
      return []
  }
}

function tableProblems(key: string, table: Readonly<Record<string, unknown>>, codes: readonly string[], around: Surroundings): string[] {
  return [
    ...unknownCodes(key, Object.keys(table), around.leaves, 'indicator'),
    ...codes
      .filter((code) => ruleFor(table, code) === undefined)
      .map((code) => `${key}: nothing is given for "${code}"; add it, or name another normalisation for it`),
  ]
}

function imputationProblems(key: string, imputation: Imputation, { dataset }: Surroundings): string[] {
  if (dataset === null || !('group' in imputation) || dataset.groups.has(imputation.group)) return []
  const known = [...dataset.groups.keys()].map((group) => `"${group}"`).join(', ') || 'none'
  return [`${key}.group: the data have no group column "${imputation.group}" (there are: ${known})`]
}

function weightingProblems(weighting: Weighting, around: Surroundings): string[] {
  if (weighting.kind === 'byCode') return unknownCodes('weighting.weights', Object.keys(weighting.weights), around.codes, 'element')
  if (weighting.kind !== 'pca' && weighting.kind !== 'balanced') return []
  return [
    ...(weighting.level === null ? [] : levelProblems('weighting.level', weighting.level, around)),
    ...(weighting.kind === 'balanced'
      ? unknownCodes('weighting.importances', Object.keys(weighting.importances), around.codes, 'element')
      : []),
  ]
}

/** Levels whose elements have siblings to be weighted against: all below the index. */
function levelProblems(key: string, level: number, { topLevel }: Surroundings): string[] {
  if (level >= 1 && level < topLevel) return []
  return [`${key}: there are no weights at level ${level}; the levels below the index are 1 to ${topLevel - 1}`]
}

function aggregationProblems(key: string, { byLevel }: Aggregation, { topLevel }: Surroundings): string[] {
  if (byLevel.length === 1 || byLevel.length === topLevel - 1) return []
  return [
    `${key}.byLevel: ${byLevel.length} are given for ${topLevel - 1} levels above the indicators; give one for all, or one per level from level 2 upwards`,
  ]
}

function assumptionProblems(assumptions: Assumptions, method: Method, around: Surroundings): string[] {
  const open = leavesWithoutOwn(method, around)
  return [
    ...(assumptions.weights?.levels ?? []).flatMap((level) => levelProblems('uncertainty.weights.levels', level, around)),
    ...assumptions.normalisation.flatMap((each, i) => normalisationProblems(`uncertainty.normalisation[${i}]`, each, open, around)),
    ...assumptions.imputation.flatMap((each, i) => imputationProblems(`uncertainty.imputation[${i}]`, each, around)),
    ...assumptions.aggregation.flatMap((each, i) => aggregationProblems(`uncertainty.aggregation[${i}]`, each, around)),
    ...unreachable(assumptions, method, around),
  ]
}

/** Alternatives that could be listed but would never change a number. */
function unreachable(assumptions: Assumptions, method: Method, { leaves, dataset }: Surroundings): string[] {
  const allOwn = (table: Readonly<Record<string, unknown>>) => [...leaves].every((code) => ruleFor(table, code) !== undefined)
  const complete = dataset !== null && dataset.columns.every((column) => !column.some(Number.isNaN)) && isComplete(method, dataset)
  const rules: [boolean, string][] = [
    [
      assumptions.normalisation.length > 0 && allOwn(method.normalisationOf),
      'normalisation is never reached: every indicator has its own in normalisationOf',
    ],
    [
      assumptions.treatment.length > 0 && allOwn(method.treatmentOf),
      'treatment is never reached: every indicator has its own in treatmentOf',
    ],
    [assumptions.imputation.length > 0 && complete, 'imputation is never reached: no value is missing'],
    [
      assumptions.weights !== null && ignoresWeights(assumptions, method),
      'weights is never reached: benefit of the doubt at every level takes no weights',
    ],
  ]
  return rules.filter(([broken]) => broken).map(([, rule]) => `uncertainty.${rule}; remove it`)
}

/** Are the size variables complete, too? A missing one makes a missing quotient. */
function isComplete(method: Method, dataset: Dataset): boolean {
  return Object.values(method.denomination).every((name) => !dataset.denominators.get(name)?.some(Number.isNaN))
}

function ignoresWeights(assumptions: Assumptions, method: Method): boolean {
  const used = assumptions.aggregation.length > 0 ? assumptions.aggregation : [method.aggregation]
  return used.every(({ byLevel }) => byLevel.every(({ kind }) => kind === 'benefitOfDoubt'))
}
