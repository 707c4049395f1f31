export {
  addFractions,
  compareFractions,
  divideFractions,
  equalFractions,
  type Fraction,
  fraction,
  fractionFrom,
  fractionToNumber,
  fractionToString,
  multiplyFractions,
  roundHalfUp,
  subtractFractions,
} from './fraction.ts'
export { checkFramework, childrenByParent, childrenOf, type Element, type Framework } from './framework.ts'
export { type Answer, NONE_OPTION, type Question, type Questionnaire, type WeightScheme } from './questionnaire.ts'
export { checkQuestionnaire, checkWeightScheme, questionsOf } from './questionnaire-check.ts'
export type { QuestionState } from './answer-points.ts'
export type { ReviewDecision } from './review-decision.ts'
export { effectiveWeights, type IndexShares, prepareScoring, type ScoringPlan } from './scoring-plan.ts'
export {
  COVERAGE_THRESHOLD,
  type ElementScore,
  gainsAtFullPoints,
  isProvisional,
  type QuestionnaireScores,
  type QuestionScore,
  scoreQuestionnaire,
  scoreSheet,
  type ScoringOptions,
} from './scoring.ts'
export { type GeometricScores, geometricScores } from './geometric.ts'
export { rankExact, rankScores, snapScore, type TieRule } from './ranks.ts'
export {
  assignGroup,
  clusterStatistics,
  type Group,
  type GroupStatistics,
  quartiles,
  SMALLEST_GROUP,
  type WidenedGroup,
  widenGroup,
} from './groups.ts'
export { aggregateColumns, type Family } from './aggregate.ts'
export { aggregateTree, aggregatorAt, type AggregatedTree } from './aggregate-tree.ts'
export { measureAvailability, screenUnits, type Availability } from './availability.ts'
export { balanceWeights } from './balanced-weights.ts'
export { benefitOfDoubt, type BenefitOfDoubt } from './benefit-of-doubt.ts'
export { checkValues } from './check-values.ts'
export { closestName } from './closest-name.ts'
export { checkHeader, isMissingText, parseNumberText, type TableRow } from './coinr.ts'
export { DataReader, MOST_PROBLEMS, type DataTable } from './coinr-data.ts'
export { readFrameworkTable, type FrameworkTable } from './coinr-framework.ts'
export { computeIndex, computeSteps, type IndexResult, type IndexSteps, type UsedWeight } from './compute.ts'
export { copelandScores, outrankingMatrix } from './copeland.ts'
export {
  columnOf,
  createDataset,
  groupOf,
  selectUnits,
  toNullable,
  withColumns,
  type Cell,
  type Dataset,
  type DatasetInput,
} from './dataset.ts'
export { denominate } from './denominate.ts'
export { imputeMissing, type ImputationResult, type ImputedCell } from './impute.ts'
export { maximiseLinear } from './linear-programme.ts'
export { checkMethod } from './method-check.ts'
export { parseMethod } from './method-parse.ts'
export {
  DEFAULT_METHOD,
  STANDARD_ASSUMPTIONS,
  STANDARD_OUTLIER_RULE,
  ruleFor,
  type Aggregation,
  type Aggregator,
  type Assumptions,
  type Imputation,
  type Method,
  type Normalisation,
  type RankTies,
  type Treatment,
  type Weighting,
} from './method.ts'
export { measureShape } from './moments.ts'
export { normaliseColumn, normaliseDataset, type ColumnContext } from './normalise.ts'
export { prepareData, type PreparedData } from './prepare.ts'
export { formatProblem, type Problem } from './problem.ts'
export { boxCox, estimateLambda, shiftedLog } from './transform.ts'
export {
  passesOutlierRule,
  treatColumn,
  treatDataset,
  winsorise,
  type ChangedPoint,
  type TreatedColumn,
  type TreatmentResult,
} from './treat.ts'
export { ENGINE_VERSION } from './version.ts'
export { effectiveShares, pcaWeights, resolveWeights, shareOfSiblings } from './weights.ts'
export { CellError, ShapeError } from './errors.ts'
export { notAssessable, type NotAssessable, type Obstacle } from './assessable.ts'
export { compareAlternatives, listStandardAlternatives, type Alternative, type AlternativeResult } from './alternatives.ts'
export { auditIndex, type AuditOptions, type IndexAudit } from './audit.ts'
export { clusterUnits, cutDendrogram, type Branch, type Dendrogram, type Merge } from './clustering.ts'
export { assessFamily, type FamilyCoherence } from './coherence.ts'
export {
  findCommonCore,
  scoreCommonCore,
  type CommonCore,
  type Comparability,
  type CoreMember,
  type Crosswalk,
  type CrosswalkEntry,
  type CrosswalkKind,
} from './common-core.ts'
export {
  correlate,
  correlateElements,
  defaultCorrelationLimits,
  flagCorrelations,
  type Correlation,
  type CorrelationFlag,
  type CorrelationKind,
  type CorrelationLimits,
  type CorrelationMatrix,
} from './correlation.ts'
export { assessConsistency, type ElementReliability, type InternalConsistency } from './cronbach.ts'
export { intraclassCorrelations, type IntraclassCorrelation, type IntraclassCorrelations } from './icc.ts'
export { profileIndicator, type EndEffect, type IndicatorProfile } from './indicator-profile.ts'
export { measureInfluence, type ElementInfluence } from './influence.ts'
export { cohenKappa, fleissKappa, type CohenOptions, type Kappa, type KappaWeights } from './kappa.ts'
export { clusterByMeans, type KMeans, type KMeansOptions } from './k-means.ts'
export { measureAdequacy, testSphericity, type SamplingAdequacy, type SphericityTest } from './kmo.ts'
export { assessAgreement, krippendorffAlpha, type Agreement, type AgreementOptions, type RatingMetric } from './krippendorff.ts'
export { leaveOneOut, removeElement, type LeftOut } from './leave-one-out.ts'
export {
  compoundGrowth,
  decomposeChange,
  findCommonGoalposts,
  type ChangeDecomposition,
  type ChangePart,
  type Goalposts,
  type WeightedScore,
} from './panel.ts'
export { findComponents, type PrincipalComponents } from './pca.ts'
export { findPeers, type DistancePart, type Peer, type PeerOptions, type Peers } from './peers.ts'
export { compareRanks, type RankShift } from './rank-shift.ts'
export { measureSilhouette, type Silhouette } from './silhouette.ts'
export { standardiseElements, type UnitMatrix } from './unit-matrix.ts'
export {
  DISAGREEMENT_PRIOR,
  estimateDisagreement,
  estimateReviewErrors,
  REVIEW_ERROR_PRIOR,
  type BetaShare,
  type DisagreementModel,
  type ReviewErrorModel,
} from './answer-errors.ts'
export {
  ASSUMPTION_NAMES,
  listAlternatives,
  STANDARD_ANSWER_ASSUMPTIONS,
  type Alternatives,
  type AnswerAssumptions,
  type AssumptionName,
  type UncertainAnswer,
} from './assumptions.ts'
export { describeRun, type RunDescription } from './describe-run.ts'
export { chooseBest, type KnapsackOption, type KnapsackSolution } from './knapsack.ts'
export { createStream, PURPOSES, type RandomStream } from './random.ts'
export {
  analyseSensitivity,
  requireRows,
  runRows,
  summariseSensitivity,
  type AssumptionSensitivity,
  type DesignRanks,
  type SensitivityResult,
} from './sensitivity.ts'
export { estimateSobol, type IndexEstimate, type SobolIndices } from './sobol-indices.ts'
export { createSobolSequence, type SobolSequence } from './sobol-sequence.ts'
export { createRangeRunner, mergeCounts, runRange, type RangeRunner, type RunCounts, type ScoreRanges } from './uncertainty-counts.ts'
export { createPlanner, planUncertainty, type UncertaintyRequest, type UncertaintySpec } from './uncertainty-plan.ts'
export {
  analyseUncertainty,
  requireRuns,
  summariseRuns,
  type Quantiles,
  type UncertaintyResult,
  type UnitUncertainty,
} from './uncertainty.ts'
export {
  bestImprovements,
  computeWhatIf,
  createUnitScorer,
  leafGains,
  type Changes,
  type Improvement,
  type ImprovementPlan,
  type LeafGain,
  type UnitScorer,
  type WhatIfResult,
} from './what-if.ts'
