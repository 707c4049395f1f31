import accountsDe from './de/accounts.json' with { type: 'json' }
import agreementDe from './de/agreement.json' with { type: 'json' }
import apiDe from './de/api.json' with { type: 'json' }
import appDe from './de/app.json' with { type: 'json' }
import assessmentsDe from './de/assessments.json' with { type: 'json' }
import benchmarkDe from './de/benchmark.json' with { type: 'json' }
import calibrationDe from './de/calibration.json' with { type: 'json' }
import carriedDe from './de/carried.json' with { type: 'json' }
import citiesDe from './de/cities.json' with { type: 'json' }
import cliDe from './de/cli.json' with { type: 'json' }
import compareDe from './de/compare.json' with { type: 'json' }
import correctionsDe from './de/corrections.json' with { type: 'json' }
import demoDe from './de/demo.json' with { type: 'json' }
import departmentsDe from './de/departments.json' with { type: 'json' }
import dialogueDe from './de/dialogue.json' with { type: 'json' }
import earlierDe from './de/earlier.json' with { type: 'json' }
import errorsDe from './de/errors.json' with { type: 'json' }
import evaluationsDe from './de/evaluations.json' with { type: 'json' }
import evidenceDe from './de/evidence.json' with { type: 'json' }
import guestsDe from './de/guests.json' with { type: 'json' }
import inboxDe from './de/inbox.json' with { type: 'json' }
import indexReportDe from './de/index-report.json' with { type: 'json' }
import instrumentDe from './de/instrument.json' with { type: 'json' }
import jointDe from './de/joint.json' with { type: 'json' }
import legalDe from './de/legal.json' with { type: 'json' }
import mailsDe from './de/mails.json' with { type: 'json' }
import noticesDe from './de/notices.json' with { type: 'json' }
import operationsDe from './de/operations.json' with { type: 'json' }
import partnersDe from './de/partners.json' with { type: 'json' }
import quickcheckDe from './de/quickcheck.json' with { type: 'json' }
import privacyDe from './de/privacy.json' with { type: 'json' }
import recordDe from './de/record.json' with { type: 'json' }
import resultsDe from './de/results.json' with { type: 'json' }
import reviewsDe from './de/reviews.json' with { type: 'json' }
import scopeDe from './de/scope.json' with { type: 'json' }
import signoffDe from './de/signoff.json' with { type: 'json' }
import snapshotsDe from './de/snapshots.json' with { type: 'json' }
import spreadsheetsDe from './de/spreadsheets.json' with { type: 'json' }
import startDe from './de/start.json' with { type: 'json' }
import threadsDe from './de/threads.json' with { type: 'json' }
import tokensDe from './de/tokens.json' with { type: 'json' }
import translationsDe from './de/translations.json' with { type: 'json' }
import wavesDe from './de/waves.json' with { type: 'json' }
import weightsDe from './de/weights.json' with { type: 'json' }
import accountsEn from './en/accounts.json' with { type: 'json' }
import agreementEn from './en/agreement.json' with { type: 'json' }
import apiEn from './en/api.json' with { type: 'json' }
import appEn from './en/app.json' with { type: 'json' }
import assessmentsEn from './en/assessments.json' with { type: 'json' }
import benchmarkEn from './en/benchmark.json' with { type: 'json' }
import calibrationEn from './en/calibration.json' with { type: 'json' }
import carriedEn from './en/carried.json' with { type: 'json' }
import citiesEn from './en/cities.json' with { type: 'json' }
import cliEn from './en/cli.json' with { type: 'json' }
import compareEn from './en/compare.json' with { type: 'json' }
import correctionsEn from './en/corrections.json' with { type: 'json' }
import demoEn from './en/demo.json' with { type: 'json' }
import departmentsEn from './en/departments.json' with { type: 'json' }
import dialogueEn from './en/dialogue.json' with { type: 'json' }
import earlierEn from './en/earlier.json' with { type: 'json' }
import errorsEn from './en/errors.json' with { type: 'json' }
import evaluationsEn from './en/evaluations.json' with { type: 'json' }
import evidenceEn from './en/evidence.json' with { type: 'json' }
import guestsEn from './en/guests.json' with { type: 'json' }
import inboxEn from './en/inbox.json' with { type: 'json' }
import indexReportEn from './en/index-report.json' with { type: 'json' }
import instrumentEn from './en/instrument.json' with { type: 'json' }
import jointEn from './en/joint.json' with { type: 'json' }
import legalEn from './en/legal.json' with { type: 'json' }
import mailsEn from './en/mails.json' with { type: 'json' }
import noticesEn from './en/notices.json' with { type: 'json' }
import operationsEn from './en/operations.json' with { type: 'json' }
import partnersEn from './en/partners.json' with { type: 'json' }
import quickcheckEn from './en/quickcheck.json' with { type: 'json' }
import privacyEn from './en/privacy.json' with { type: 'json' }
import recordEn from './en/record.json' with { type: 'json' }
import resultsEn from './en/results.json' with { type: 'json' }
import reviewsEn from './en/reviews.json' with { type: 'json' }
import scopeEn from './en/scope.json' with { type: 'json' }
import signoffEn from './en/signoff.json' with { type: 'json' }
import snapshotsEn from './en/snapshots.json' with { type: 'json' }
import spreadsheetsEn from './en/spreadsheets.json' with { type: 'json' }
import startEn from './en/start.json' with { type: 'json' }
import threadsEn from './en/threads.json' with { type: 'json' }
import tokensEn from './en/tokens.json' with { type: 'json' }
import translationsEn from './en/translations.json' with { type: 'json' }
import wavesEn from './en/waves.json' with { type: 'json' }
import weightsEn from './en/weights.json' with { type: 'json' }

// One file per feature and language; a key stands in the file of its first part.

const en = {
  ...accountsEn,
  ...agreementEn,
  ...apiEn,
  ...appEn,
  ...assessmentsEn,
  ...benchmarkEn,
  ...calibrationEn,
  ...carriedEn,
  ...citiesEn,
  ...cliEn,
  ...compareEn,
  ...correctionsEn,
  ...demoEn,
  ...departmentsEn,
  ...dialogueEn,
  ...earlierEn,
  ...errorsEn,
  ...evaluationsEn,
  ...evidenceEn,
  ...guestsEn,
  ...inboxEn,
  ...indexReportEn,
  ...instrumentEn,
  ...jointEn,
  ...legalEn,
  ...mailsEn,
  ...noticesEn,
  ...operationsEn,
  ...partnersEn,
  ...quickcheckEn,
  ...privacyEn,
  ...recordEn,
  ...resultsEn,
  ...reviewsEn,
  ...scopeEn,
  ...signoffEn,
  ...snapshotsEn,
  ...spreadsheetsEn,
  ...startEn,
  ...threadsEn,
  ...tokensEn,
  ...translationsEn,
  ...wavesEn,
  ...weightsEn,
}

export type TextKey = keyof typeof en

const de: Record<TextKey, string> = {
  ...accountsDe,
  ...agreementDe,
  ...apiDe,
  ...appDe,
  ...assessmentsDe,
  ...benchmarkDe,
  ...calibrationDe,
  ...carriedDe,
  ...citiesDe,
  ...cliDe,
  ...compareDe,
  ...correctionsDe,
  ...demoDe,
  ...departmentsDe,
  ...dialogueDe,
  ...earlierDe,
  ...errorsDe,
  ...evaluationsDe,
  ...evidenceDe,
  ...guestsDe,
  ...inboxDe,
  ...indexReportDe,
  ...instrumentDe,
  ...jointDe,
  ...legalDe,
  ...mailsDe,
  ...noticesDe,
  ...operationsDe,
  ...partnersDe,
  ...quickcheckDe,
  ...privacyDe,
  ...recordDe,
  ...resultsDe,
  ...reviewsDe,
  ...scopeDe,
  ...signoffDe,
  ...snapshotsDe,
  ...spreadsheetsDe,
  ...startDe,
  ...threadsDe,
  ...tokensDe,
  ...translationsDe,
  ...wavesDe,
  ...weightsDe,
}

export const catalogues = { de, en } as const

export type Language = keyof typeof catalogues

export const languages = Object.keys(catalogues) as Language[]

export const isLanguage = (value: unknown): value is Language => typeof value === 'string' && Object.hasOwn(catalogues, value)

export const isTextKey = (key: string): key is TextKey => Object.hasOwn(en, key)
