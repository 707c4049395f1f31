import type { CalibrationCase } from './case.ts'

// Invented answers of cities that do not exist, each with the decision that the evaluating organisation expects and why. A case never
// changes once somebody has decided it: a better one gets another id.

const yesPlannedNo = [
  { id: 'yes', points: 3 },
  { id: 'planned', points: 1 },
  { id: 'no', points: 0 },
]

export const calibrationCases: readonly CalibrationCase[] = [
  {
    id: 'plan-adopted',
    options: yesPlannedNo,
    answered: 'yes',
    expected: { decision: 'agreed', points: null },
    texts: {
      en: {
        question: 'Has the council adopted an integration strategy?',
        options: { yes: 'Yes, adopted', planned: 'In preparation', no: 'No' },
        explanation: 'The council adopted our strategy "Arriving in Ahlhausen" in June 2024. It runs until 2029.',
        evidence:
          'Minutes of the council, 18 June 2024, item 7: "The council adopts the strategy Arriving in Ahlhausen 2024-2029 as presented, with 31 votes to 6."',
        why: 'The minutes name the strategy, the day and the vote, and it is in force. Nothing is missing.',
      },
      de: {
        question: 'Hat der Rat eine Integrationsstrategie beschlossen?',
        options: { yes: 'Ja, beschlossen', planned: 'In Vorbereitung', no: 'Nein' },
        explanation: 'Der Rat hat unsere Strategie „Ankommen in Ahlhausen“ im Juni 2024 beschlossen. Sie gilt bis 2029.',
        evidence:
          'Niederschrift des Rates, 18. Juni 2024, TOP 7: „Der Rat beschließt die Strategie Ankommen in Ahlhausen 2024-2029 wie vorgelegt, mit 31 zu 6 Stimmen.“',
        why: 'Die Niederschrift nennt Strategie, Tag und Abstimmung, und die Strategie gilt. Es fehlt nichts.',
      },
    },
  },
  {
    id: 'plan-draft',
    options: yesPlannedNo,
    answered: 'yes',
    expected: { decision: 'changed', points: 1 },
    texts: {
      en: {
        question: 'Is there a binding document against discrimination in the city administration?',
        options: { yes: 'Yes, in force', planned: 'Planned', no: 'No' },
        explanation: 'We have a charter against discrimination for the whole administration.',
        evidence: 'File "Charter_draft_v3.docx", header: "Draft for consultation, not adopted". Last change: March of this year.',
        why: 'The document exists, but it is a draft: nothing binds anybody yet. That is the option "planned", 1 point. "Not supported" would be too hard, because the preparation is proved.',
      },
      de: {
        question: 'Gibt es in der Stadtverwaltung ein verbindliches Dokument gegen Diskriminierung?',
        options: { yes: 'Ja, in Kraft', planned: 'Geplant', no: 'Nein' },
        explanation: 'Wir haben eine Charta gegen Diskriminierung für die gesamte Verwaltung.',
        evidence:
          'Datei „Charta_Entwurf_v3.docx“, Kopfzeile: „Entwurf zur Beteiligung, nicht beschlossen“. Letzte Änderung: März dieses Jahres.',
        why: 'Das Dokument gibt es, aber es ist ein Entwurf und bindet noch niemanden. Das ist die Antwort „geplant“, 1 Punkt. „Nicht belegt“ wäre zu hart, denn die Vorbereitung ist belegt.',
      },
    },
  },
  {
    id: 'press-only',
    options: [
      { id: 'regular', points: 4 },
      { id: 'sometimes', points: 2 },
      { id: 'never', points: 0 },
    ],
    answered: 'regular',
    expected: { decision: 'not-supported', points: null },
    texts: {
      en: {
        question: 'Does the city train its staff in working with diverse residents?',
        options: { regular: 'Regularly, in every department', sometimes: 'Now and then', never: 'No' },
        explanation: 'Training is a matter of course for us.',
        evidence: 'Press release: "The mayor stressed at the summer party how important well-trained staff are in a diverse city."',
        why: 'A speech about training is not a training. No course, number or department is proved, not even a single one, so nothing is earned.',
      },
      de: {
        question: 'Schult die Stadt ihre Beschäftigten im Umgang mit einer vielfältigen Bevölkerung?',
        options: { regular: 'Regelmäßig, in jedem Amt', sometimes: 'Gelegentlich', never: 'Nein' },
        explanation: 'Schulungen sind für uns selbstverständlich.',
        evidence:
          'Pressemitteilung: „Der Bürgermeister betonte beim Sommerfest, wie wichtig gut geschultes Personal in einer vielfältigen Stadt ist.“',
        why: 'Eine Rede über Schulungen ist keine Schulung. Kein Kurs, keine Zahl, kein Amt ist belegt, auch kein einziges; es gibt also keine Punkte.',
      },
    },
  },
  {
    id: 'other-authority',
    options: yesPlannedNo,
    answered: 'yes',
    expected: { decision: 'not-supported', points: null },
    texts: {
      en: {
        question: 'Does the city pay for language courses beyond those that the state provides?',
        options: { yes: 'Yes, from its own budget', planned: 'Decided for next year', no: 'No' },
        explanation: 'Courses take place at four sites in our city.',
        evidence:
          'Leaflet of the federal agency: "Integration courses, free of charge. Paid by the Federal Office." Four sites in the city are listed.',
        why: 'The courses exist, but the state pays for them; the question asks for what the city adds. Nothing from its own budget is shown.',
      },
      de: {
        question: 'Bezahlt die Stadt Sprachkurse über die des Staates hinaus?',
        options: { yes: 'Ja, aus eigenen Mitteln', planned: 'Für nächstes Jahr beschlossen', no: 'Nein' },
        explanation: 'An vier Standorten in unserer Stadt finden Kurse statt.',
        evidence:
          'Faltblatt der Bundesbehörde: „Integrationskurse, kostenfrei. Finanziert durch das Bundesamt.“ Vier Standorte in der Stadt sind aufgeführt.',
        why: 'Die Kurse gibt es, aber der Staat bezahlt sie; gefragt ist, was die Stadt hinzugibt. Eigene Mittel sind nicht gezeigt.',
      },
    },
  },
  {
    id: 'partly-met',
    options: [
      { id: 'all', points: 5 },
      { id: 'some', points: 3 },
      { id: 'planned', points: 1 },
      { id: 'none', points: 0 },
    ],
    answered: 'all',
    expected: { decision: 'changed', points: 3 },
    texts: {
      en: {
        question: 'In how many departments are rules checked for disadvantages to newcomers?',
        options: { all: 'In all of them', some: 'In some', planned: 'Planned', none: 'In none' },
        explanation: 'The checklist is used throughout the administration.',
        evidence:
          'Report of the equality office, page 4: "The checklist is in use in the departments for schools, youth and housing. The other nine follow in the coming years."',
        why: 'Three of twelve departments is "in some", 3 points. The evidence itself says so.',
      },
      de: {
        question: 'In wie vielen Ämtern werden Vorschriften auf Nachteile für Zugezogene geprüft?',
        options: { all: 'In allen', some: 'In einigen', planned: 'Geplant', none: 'In keinem' },
        explanation: 'Die Prüfliste wird in der gesamten Verwaltung angewandt.',
        evidence:
          'Bericht der Gleichstellungsstelle, Seite 4: „Die Prüfliste ist in den Ämtern für Schule, Jugend und Wohnen im Einsatz. Die übrigen neun folgen in den nächsten Jahren.“',
        why: 'Drei von zwölf Ämtern sind „in einigen“, 3 Punkte. So steht es im Beleg selbst.',
      },
    },
  },
  {
    id: 'expired',
    options: yesPlannedNo,
    answered: 'yes',
    expected: { decision: 'need-more', points: null },
    texts: {
      en: {
        question: 'Does the city fund an advice service for victims of discrimination?',
        options: { yes: 'Yes', planned: 'Decided', no: 'No' },
        explanation: 'The service works in the old town hall and is funded by us.',
        evidence: 'Grant notice for the years 2020 to 2022. The web page of the service is still online and names the city as its funder.',
        why: 'The grant has ended, the web page suggests that it goes on. Both are possible: ask the city for the present notice before points are taken away.',
      },
      de: {
        question: 'Fördert die Stadt eine Beratung für Opfer von Diskriminierung?',
        options: { yes: 'Ja', planned: 'Beschlossen', no: 'Nein' },
        explanation: 'Die Beratung sitzt im alten Rathaus und wird von uns gefördert.',
        evidence:
          'Zuwendungsbescheid für die Jahre 2020 bis 2022. Die Seite der Beratung ist noch im Netz und nennt die Stadt als Förderin.',
        why: 'Der Bescheid ist abgelaufen, die Seite deutet auf eine Fortsetzung. Beides ist möglich: Fragen Sie die Stadt nach dem geltenden Bescheid, bevor Punkte wegfallen.',
      },
    },
  },
  {
    id: 'too-modest',
    options: [
      { id: 'several-years', points: 4 },
      { id: 'year-by-year', points: 3 },
      { id: 'in-kind', points: 1 },
      { id: 'no', points: 0 },
    ],
    answered: 'year-by-year',
    expected: { decision: 'changed', points: 4 },
    texts: {
      en: {
        question: 'How does the city support migrant organisations?',
        options: {
          'several-years': 'With money for several years',
          'year-by-year': 'With money, year by year',
          'in-kind': 'With rooms or help in kind',
          no: 'Not at all',
        },
        explanation: 'The associations receive money every year.',
        evidence:
          'Funding agreement with the network of associations, section 2: "The city grants 60,000 euros a year for the years 2024 to 2027."',
        why: 'The agreement runs for four years: that is more than the city claimed. An expert corrects upwards as well, to 4 points.',
      },
      de: {
        question: 'Wie fördert die Stadt Migrantenorganisationen?',
        options: {
          'several-years': 'Mit Geld für mehrere Jahre',
          'year-by-year': 'Mit Geld, Jahr für Jahr',
          'in-kind': 'Mit Räumen oder Sachleistungen',
          no: 'Gar nicht',
        },
        explanation: 'Die Vereine erhalten jedes Jahr Geld.',
        evidence:
          'Fördervereinbarung mit dem Netzwerk der Vereine, § 2: „Die Stadt gewährt für die Jahre 2024 bis 2027 jährlich 60.000 Euro.“',
        why: 'Die Vereinbarung gilt vier Jahre: Das ist mehr, als die Stadt angegeben hat. Eine Fachperson korrigiert auch nach oben, auf 4 Punkte.',
      },
    },
  },
  {
    id: 'small-slip',
    options: yesPlannedNo,
    answered: 'yes',
    expected: { decision: 'agreed-with-note', points: null },
    texts: {
      en: {
        question: 'Can residents reach the city in several languages?',
        options: { yes: 'Yes', planned: 'Planned', no: 'No' },
        explanation: 'Our service desk answers in seven languages.',
        evidence: 'Page of the service desk: "We advise you in German, English, Turkish, Arabic, Ukrainian and Polish."',
        why: 'Six languages, not seven: a slip that changes no points. Agree, and note it so that the report is right.',
      },
      de: {
        question: 'Ist die Stadt in mehreren Sprachen erreichbar?',
        options: { yes: 'Ja', planned: 'Geplant', no: 'Nein' },
        explanation: 'Unser Servicebüro antwortet in sieben Sprachen.',
        evidence: 'Seite des Servicebüros: „Wir beraten Sie auf Deutsch, Englisch, Türkisch, Arabisch, Ukrainisch und Polnisch.“',
        why: 'Sechs Sprachen, nicht sieben: ein Versehen, das keine Punkte ändert. Stimmen Sie zu und merken Sie es an, damit der Bericht stimmt.',
      },
    },
  },
  {
    id: 'no-honest',
    options: yesPlannedNo,
    answered: 'no',
    expected: { decision: 'agreed', points: null },
    texts: {
      en: {
        question: 'Does the city have an advisory board of residents without the right to vote?',
        options: { yes: 'Yes', planned: 'Planned', no: 'No' },
        explanation: 'We had one until 2019. It was not renewed.',
        evidence: 'No document. The council information system lists no such board.',
        why: 'A "no" needs no evidence, and nothing speaks against it. Agree: honest answers should not cost anybody more than the points.',
      },
      de: {
        question: 'Hat die Stadt einen Beirat für Menschen ohne Wahlrecht?',
        options: { yes: 'Ja', planned: 'Geplant', no: 'Nein' },
        explanation: 'Bis 2019 gab es einen. Er wurde nicht neu berufen.',
        evidence: 'Kein Dokument. Das Ratsinformationssystem führt keinen solchen Beirat.',
        why: 'Ein „Nein“ braucht keinen Beleg, und nichts spricht dagegen. Stimmen Sie zu: Ehrliche Antworten sollen nicht mehr kosten als die Punkte.',
      },
    },
  },
  {
    id: 'outside-period',
    options: [
      { id: 'yearly', points: 4 },
      { id: 'once', points: 2 },
      { id: 'no', points: 0 },
    ],
    answered: 'yearly',
    expected: { decision: 'changed', points: 2 },
    texts: {
      en: {
        question: 'How often did the city ask residents about living together in the years 2022 to 2025?',
        options: { yearly: 'Every year', once: 'At least once', no: 'Never' },
        explanation: 'We have asked our residents every year since 2012.',
        evidence: 'Overview of surveys: 2012, 2013, 2014, 2015, 2016 and 2023.',
        why: 'Within these years there is one survey, 2023. What was done before does not count here: 2 points.',
      },
      de: {
        question: 'Wie oft hat die Stadt in den Jahren 2022 bis 2025 zum Zusammenleben befragt?',
        options: { yearly: 'Jedes Jahr', once: 'Mindestens einmal', no: 'Nie' },
        explanation: 'Wir befragen die Bevölkerung seit 2012 jedes Jahr.',
        evidence: 'Übersicht der Befragungen: 2012, 2013, 2014, 2015, 2016 und 2023.',
        why: 'In diesen Jahren gab es eine Befragung, 2023. Was davor war, zählt hier nicht: 2 Punkte.',
      },
    },
  },
]
