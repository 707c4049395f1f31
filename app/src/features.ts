import type { Api } from './api.ts'
import { registerAccountPages } from './features/accounts/pages/pages.tsx'
import { registerAccountRoutes } from './features/accounts/routes.ts'
import { registerAgreementPages } from './features/agreement/pages/pages.tsx'
import { registerAgreementRoutes } from './features/agreement/routes.ts'
import { registerHomePages } from './features/assessments/pages/home.tsx'
import { registerAssessmentPages } from './features/assessments/pages/pages.tsx'
import { registerLiveRoutes } from './features/assessments/live-routes.ts'
import { registerAssessmentRoutes } from './features/assessments/routes.ts'
import { registerCarriedRoutes } from './features/assessments/carried-routes.ts'
import { carriedAssessmentExtras, carriedQuestionExtras } from './features/assessments/pages/carried-extras.ts'
import { registerCarriedPages } from './features/assessments/pages/carried-pages.tsx'
import { scopeExtras } from './features/assessments/pages/scope-extras.ts'
import { registerSnapshotPages, snapshotLink } from './features/assessments/pages/snapshot-pages.tsx'
import { registerSnapshotRoutes } from './features/assessments/snapshot-routes.ts'
import { registerScopePages } from './features/assessments/pages/scope-pages.tsx'
import { registerScopeRoutes } from './features/assessments/scope-routes.ts'
import { calibrationLinks } from './features/calibration/pages/home-links.ts'
import { registerCalibrationPages } from './features/calibration/pages/pages.tsx'
import { registerCalibrationRoutes } from './features/calibration/routes.ts'
import { registerCityPages } from './features/cities/pages/pages.tsx'
import { registerCityRoutes } from './features/cities/routes.ts'
import { assignmentLinks, assignmentOfQuestion } from './features/departments/pages/extras.ts'
import { evaluationLinks } from './features/evaluations/pages/home-links.ts'
import { registerEvaluationPages } from './features/evaluations/pages/pages.tsx'
import { registerEvaluationRoutes } from './features/evaluations/routes.ts'
import { registerDepartmentPages } from './features/departments/pages/pages.tsx'
import { registerDepartmentRoutes } from './features/departments/routes.ts'
import { cityReviewHome } from './features/corrections/pages/home-links.ts'
import { registerCorrectionPages } from './features/corrections/pages/pages.tsx'
import { registerCorrectionRoutes } from './features/corrections/routes.ts'
import { queryLinks, reviewExtras } from './features/dialogue/pages/extras.ts'
import { registerDialoguePages } from './features/dialogue/pages/pages.tsx'
import { registerDialogueRoutes } from './features/dialogue/routes.ts'
import { registerEarlierPages } from './features/earlier/pages/pages.tsx'
import { publishedLink } from './features/earlier/pages/published.tsx'
import { registerEarlierRoutes } from './features/earlier/routes.ts'
import { registerBenchmarkPages } from './features/benchmark/pages/pages.tsx'
import { registerBenchmarkRoutes } from './features/benchmark/routes.ts'
import { registerNoticePages } from './features/notices/pages/pages.tsx'
import { registerNoticeRoutes } from './features/notices/routes.ts'
import { guestAssessmentExtras } from './features/guests/pages/extras.ts'
import { registerGuestPages } from './features/guests/pages/pages.tsx'
import { registerGuestRoutes } from './features/guests/routes.ts'
import { evidenceLinks, evidenceOverview } from './features/evidence/pages/extras.ts'
import { registerEvidencePages } from './features/evidence/pages/pages.tsx'
import { registerEvidenceRoutes } from './features/evidence/routes.ts'
import { partnerAssessmentExtras, partnerQuestionExtras } from './features/partners/pages/extras.ts'
import { registerPartnerPages } from './features/partners/pages/pages.tsx'
import { registerPartnerRoutes } from './features/partners/routes.ts'
import { inboxExtras } from './features/inbox/pages/extras.ts'
import { registerInboxPages } from './features/inbox/pages/pages.tsx'
import { registerInboxRoutes } from './features/inbox/routes.ts'
import { jointExtras } from './features/joint/pages/extras.ts'
import { registerJointPages } from './features/joint/pages/pages.tsx'
import { registerJointRoutes } from './features/joint/routes.ts'
import { signOffExtras, signOffHome } from './features/signoff/pages/extras.ts'
import { registerSignOffPages } from './features/signoff/pages/pages.tsx'
import { registerSignOffRoutes } from './features/signoff/routes.ts'
import { registerResultPages } from './features/results/pages/pages.tsx'
import { registerResultRoutes } from './features/results/routes.ts'
import { reviewLinks } from './features/reviews/pages/home-links.ts'
import { registerReviewPages } from './features/reviews/pages/pages.tsx'
import { registerReviewRoutes } from './features/reviews/routes.ts'
import { publicResult } from './features/publication/city-result.tsx'
import { registerPublicationPages } from './features/publication/pages/pages.tsx'
import { quickCheckExtras } from './features/quickcheck/pages/import.tsx'
import { registerQuickCheckPages } from './features/quickcheck/pages/pages.tsx'
import { registerQuickCheckRoutes } from './features/quickcheck/routes.ts'
import { spreadsheetExtras } from './features/spreadsheets/pages/extras.ts'
import { registerSpreadsheetPages } from './features/spreadsheets/pages/pages.tsx'
import { registerSpreadsheetRoutes } from './features/spreadsheets/routes.ts'
import { threadLinks, threadOverview } from './features/threads/pages/extras.ts'
import { registerThreadPages } from './features/threads/pages/pages.tsx'
import { registerThreadRoutes } from './features/threads/routes.ts'
import { registerInstrumentPages } from './features/instrument/pages/pages.tsx'
import { registerInstrumentRoutes } from './features/instrument/routes.ts'
import { registerTokenPages } from './features/tokens/pages/pages.tsx'
import { registerTokenRoutes } from './features/tokens/routes.ts'
import { translationLinks, translationOverview } from './features/translations/pages/extras.ts'
import { registerTranslationPages } from './features/translations/pages/pages.tsx'
import { registerTranslationRoutes } from './features/translations/routes.ts'
import { registerWavePages } from './features/waves/pages/pages.tsx'
import { registerWaveRoutes } from './features/waves/routes.ts'
import { noticeParts } from './notice-parts.ts'
import type { Services } from './services.ts'
import type { Pages } from './web.ts'

/** Everything the product offers, feature by feature. */
export function registerFeatures(pages: Pages, api: Api, services: Services): void {
  registerAccountPages(pages, services)
  registerAccountRoutes(api, services)
  registerNoticePages(pages, services, noticeParts.namesIn(services))
  registerNoticeRoutes(api, services, noticeParts.namesIn(services))
  registerTokenPages(pages, services)
  registerTokenRoutes(api, services)
  registerCityPages(pages, services, {
    result: (c, city) => publicResult(services, c.get('t'), city),
    published: (c, city) => publishedLink(services, c.get('t'), city),
  })
  registerCityRoutes(api, services)
  registerEarlierPages(pages, services)
  registerEarlierRoutes(api, services)
  registerWavePages(pages, services)
  registerWaveRoutes(api, services)
  registerHomePages(pages, services, [
    signOffHome(services.instruments),
    cityReviewHome(services.instruments),
    reviewLinks,
    evaluationLinks,
    calibrationLinks,
  ])
  registerAssessmentPages(pages, services, {
    questions: [
      carriedQuestionExtras(services.instruments),
      evidenceLinks,
      assignmentOfQuestion,
      threadLinks,
      translationLinks,
      partnerQuestionExtras,
      queryLinks,
    ],
    assessment: {
      together: [assignmentLinks, guestAssessmentExtras, threadOverview, partnerAssessmentExtras, jointExtras],
      proof: [
        evidenceOverview,
        carriedAssessmentExtras(services.instruments),
        spreadsheetExtras,
        quickCheckExtras,
        translationOverview,
        snapshotLink,
        inboxExtras,
      ],
      before: [scopeExtras, signOffExtras, reviewExtras],
    },
  })
  registerAssessmentRoutes(api, services)
  registerLiveRoutes(api, services)
  registerDepartmentPages(pages, services)
  registerDepartmentRoutes(api, services)
  registerThreadPages(pages, services)
  registerThreadRoutes(api, services)
  registerScopePages(pages, services)
  registerCarriedPages(pages, services)
  registerCarriedRoutes(api, services)
  registerSnapshotPages(pages, services)
  registerSnapshotRoutes(api, services)
  registerScopeRoutes(api, services)
  registerGuestPages(pages, services)
  registerGuestRoutes(api, services)
  registerEvidencePages(pages, services)
  registerEvidenceRoutes(api, services)
  registerPartnerPages(pages, services)
  registerPartnerRoutes(api, services)
  registerJointPages(pages, services)
  registerJointRoutes(api, services)
  registerInboxPages(pages, services)
  registerInboxRoutes(api, services)
  registerSignOffPages(pages, services)
  registerSignOffRoutes(api, services)
  registerTranslationPages(pages, services)
  registerTranslationRoutes(api, services)
  registerResultPages(pages, services)
  registerResultRoutes(api, services)
  registerDialoguePages(pages, services)
  registerDialogueRoutes(api, services)
  registerCorrectionPages(pages, services)
  registerCorrectionRoutes(api, services)
  registerReviewPages(pages, services)
  registerReviewRoutes(api, services)
  registerAgreementPages(pages, services)
  registerAgreementRoutes(api, services)
  registerCalibrationPages(pages, services)
  registerCalibrationRoutes(api, services)
  registerEvaluationRoutes(api, services)
  registerBenchmarkPages(pages, services)
  registerBenchmarkRoutes(api, services)
  registerSpreadsheetPages(pages, services)
  registerSpreadsheetRoutes(api, services)
  registerQuickCheckPages(pages, services)
  registerQuickCheckRoutes(api, services)
  registerPublicationPages(pages, api, services)
  registerInstrumentPages(pages, services)
  registerInstrumentRoutes(api, services)
  registerEvaluationPages(pages, services) // last: a wave below /evaluations can have any address
}
