import { type Content, emptyTexts, type HouseNotes, type Language, noNotes, type Texts } from '../statement/schema.ts';

/** An invented incident of an invented institute, told in versions; times are minutes after the story begins. */

const minutes = 60_000;
const day = 24 * 60;

export type Chapter = {
  at: number;
  kind: 'first' | 'update' | 'correction';
  change(content: Content, at: (minute: number) => string): Content;
  approvers: readonly string[];
};

type Words = Partial<Record<keyof Texts, string>>;

export function write(content: Content, words: Partial<Record<Language, Words>>, languages: readonly Language[]): Content {
  const known = Object.entries(words).map(([language, texts]) => [language, { ...emptyTexts, ...content.texts[language === 'fr' ? 'fr' : 'en'], ...texts }]);
  return { ...content, languages: [...languages], texts: { ...content.texts, ...Object.fromEntries(known) } };
}

const consulted = (triage: string): HouseNotes => ({ ...noNotes, entity: { consulted: true, waiver: '' }, triage });

const batch = (number: number, day: string, fr: string, en: string): Content['findings']['artefacts'][number] => ({
  id: `A-${number}`,
  label: { fr, en },
  form: 'archive',
  circulation: 'leak_site',
  firstSeenOn: day,
  verdict: 'unverified',
  confidence: null,
  bases: [],
  because: {},
});

export const leakStory: readonly Chapter[] = [
  {
    at: 70,
    kind: 'first',
    approvers: ['jonas'],
    change: (content, at) => ({
      ...write(
        content,
        {
          fr: {
            title: 'Des documents présentés comme issus de la base Galène circulent',
            summary:
              'Un groupe publie depuis cet après-midi des documents présentés comme issus de la base Galène de l’Institut Lumen. Un accès illégitime est confirmé. L’authenticité des documents n’est pas vérifiée. Nous demandons de ne pas les relayer.',
            known:
              '- Un compte créé pour le congrès d’Arvelle a servi à consulter la base Galène sans droit.\n- Le compte est fermé. L’Institut a porté plainte.',
            unknown: '- L’étendue de ce qui a été consulté.\n- Si ce qui circule est conforme à la base : des documents peuvent avoir été modifiés.',
            circulating: 'Une série de documents PDF sur un site de divulgation, non vérifiée.',
            advice: 'Ne les relayez pas et ne les ouvrez pas. Les personnes concernées peuvent écrire au contact ci-dessous.',
            doing: 'Nous analysons les journaux d’accès avec l’Institut.',
          },
          en: {
            title: 'Documents presented as coming from the Galène database are circulating',
            summary:
              'Since this afternoon a group has been publishing documents presented as coming from the Galène database of the Lumen Institute. An illegal access is confirmed. The authenticity of the documents has not been verified. Please do not relay them.',
            known:
              '- An account created for the Arvelle congress was used to read the Galène database without right.\n- The account is closed. The Institute has filed a complaint.',
            unknown: '- The extent of what was read.\n- Whether what circulates matches the database: documents may have been altered.',
            circulating: 'A set of PDF documents on a leak site, not verified.',
            advice: 'Do not relay them and do not open them. People concerned can write to the contact below.',
            doing: 'We are analysing the access logs with the Institute.',
          },
        },
        ['fr', 'en'],
      ),
      house: consulted('La presse appelle ; des documents circulent au nom de l’Institut.'),
      situation: 'leak',
      incidentStatus: 'confirmed',
      awareAt: at(0),
      nextUpdate: { type: 'by', at: at(180) },
      findings: { artefacts: [batch(1, at(0).slice(0, 10), 'Première série de documents PDF', 'First set of PDF documents')], collections: [] },
    }),
  },
  {
    at: day + 120,
    kind: 'update',
    approvers: ['jonas'],
    change: (content, at) => ({
      ...write(
        content,
        {
          fr: {
            summary:
              'Une deuxième série de documents a été publiée. Elle provient du même compte. Aucun élément n’indique un accès plus large. Les personnes concernées sont averties par leur établissement.',
            unknown: '- Si d’autres séries suivront.\n- Si ce qui circule est conforme à la base.',
            doing: 'Les établissements avertissent les personnes concernées, une à une.',
            changeNote: 'Une deuxième série de documents est publiée ; même compte, aucun signe d’un accès plus large.',
            nextUpdateReason: 'Nous nous exprimerons quand la deuxième série aura été examinée.',
          },
        },
        ['fr'],
      ),
      phase: 'update',
      nextUpdate: { type: 'until_event' },
      findings: {
        ...content.findings,
        artefacts: [...content.findings.artefacts, batch(2, at(day).slice(0, 10), 'Deuxième série de documents PDF', 'Second set of PDF documents')],
      },
    }),
  },
  {
    at: 2 * day + 210,
    kind: 'update',
    approvers: ['claire'],
    change: (content, at) => ({
      ...write(
        content,
        {
          fr: {
            summary:
              'Une troisième série concerne onze personnes. Des affirmations trompeuses circulent sur le sens d’une dérogation : en recevoir une n’a rien d’irrégulier.',
            circulating:
              'Des messages affirment qu’une dérogation serait la preuve d’une faveur. C’est inexact : elle est accordée par un comité, sur dossier, selon une règle publique.',
            changeNote: 'Troisième série, onze personnes ; explication de ce qu’est une dérogation.',
            nextUpdateReason: '',
          },
        },
        ['fr'],
      ),
      phase: 'interim',
      nextUpdate: { type: 'by', at: at(4 * day) },
      findings: {
        ...content.findings,
        artefacts: [...content.findings.artefacts, batch(3, at(2 * day).slice(0, 10), 'Troisième série de documents PDF', 'Third set of PDF documents')],
      },
    }),
  },
  {
    at: 4 * day - 45,
    kind: 'correction',
    approvers: ['jonas', 'claire'],
    change: (content) => ({
      ...write(
        content,
        {
          fr: {
            title: 'Base Galène : une partie des documents publiés ne correspond pas aux dossiers de l’Institut',
            summary:
              'L’analyse est presque achevée. Une partie des données des documents PDF publiés ne correspond pas aux dossiers de l’Institut Lumen. Sept séries ont été publiées. Aucun document précis n’est identifié comme falsifié à ce jour.',
            known:
              '- Rien n’a été trouvé au-delà de l’export fait par le compte du congrès d’Arvelle.\n- Une partie des données publiées ne correspond pas aux dossiers de l’Institut.\n- Sept séries de documents ont été publiées.',
            unknown: '- Quels documents précis ont été modifiés, et par qui.',
            advice: 'Si un document publié vous concerne et vous paraît inexact, signalez-le au contact ci-dessous.',
            changeNote: 'Une partie des données publiées ne correspond pas aux dossiers de l’Institut.',
            wasWrong: 'Le résumé de la version 3 pouvait se lire comme une confirmation de l’exactitude des documents.',
            isRight: 'L’exactitude n’est pas établie : des données publiées ne correspondent pas aux dossiers de l’Institut.',
            nextUpdateReason: 'Nous nous exprimerons quand l’analyse sera achevée.',
          },
          en: {
            title: 'Galène database: part of the published documents does not match the Institute’s files',
            summary:
              'The analysis is nearly complete. Not all data in the published PDF documents matches the files of the Lumen Institute. Seven batches have been published. No specific document has been identified as falsified so far.',
            known:
              '- Nothing was found beyond the export made by the account of the Arvelle congress.\n- Not all published data matches the Institute’s files.\n- Seven batches of documents have been published.',
            unknown: '- Which specific documents were altered, and by whom.',
            circulating: 'Messages claim that an exemption proves a favour. That is not so: it is granted by a committee, on file, under a public rule.',
            advice: 'If a published document concerns you and seems inaccurate, report it to the contact below.',
            doing: 'The institutions are informing the people concerned, one by one.',
            changeNote: 'Not all published data matches the Institute’s files.',
            wasWrong: 'The summary of version 3 could be read as confirming that the documents are accurate.',
            isRight: 'Accuracy is not established: some published data does not match the Institute’s files.',
            nextUpdateReason: 'We will speak when the analysis is complete.',
          },
        },
        ['fr', 'en'],
      ),
      situation: 'leak-falsified',
      correctsVersion: 3,
      nextUpdate: { type: 'until_event' },
      findings: {
        ...content.findings,
        collections: [
          {
            id: 'C-1',
            label: { fr: 'Ensemble des documents publiés', en: 'All published documents' },
            members: ['A-1', 'A-2', 'A-3'],
            finding: 'may_contain_falsified',
            confidence: 'moderate',
            bases: ['origin_copy_compared'],
            because: {
              fr: 'Des données publiées ont été comparées aux dossiers de l’Institut et en diffèrent.',
              en: 'Published data was compared with the Institute’s files and differs from them.',
            },
          },
        ],
      },
    }),
  },
  {
    at: 4 * day + 15,
    kind: 'correction',
    approvers: ['claire'],
    change: (content) => ({
      ...write(
        content,
        {
          fr: {
            summary: content.texts.fr?.summary.replace('Sept', 'Six') ?? '',
            known: content.texts.fr?.known.replace('Sept', 'Six') ?? '',
            changeNote: 'Six séries de documents ont été publiées, et non sept.',
            wasWrong: 'La version 4 indiquait sept séries.',
            isRight: 'Six séries de documents ont été publiées.',
            nextUpdateReason: 'Nous nous exprimerons quand l’analyse sera achevée.',
          },
        },
        ['fr'],
      ),
      correctsVersion: 4,
      nextUpdate: { type: 'until_event' },
    }),
  },
];

/** An exercise published as real by mistake, and taken back twenty minutes later. */
export const mistake = {
  publishedAt: 4 * day + 30,
  withdrawnAt: 4 * day + 50,
  change: (content: Content, at: (minute: number) => string): Content => ({
    ...write(
      content,
      {
        fr: {
          title: 'Intrusion dans le système de réservation du réseau Alizé',
          summary: 'Un accès non autorisé touche le système de réservation du réseau Alizé. L’étendue de l’incident n’est pas connue.',
          known: '- Le système de réservation est arrêté.',
          unknown: '- Nous ne savons pas si des données ont été prises.',
          circulating: '',
          advice: 'Conservez vos billets imprimés.',
          doing: 'Nos équipes aident le réseau à rétablir le service.',
        },
      },
      ['fr'],
    ),
    house: consulted('Le réseau a arrêté son service.'),
    situation: 'breach',
    incidentStatus: 'under_investigation',
    awareAt: at(4 * day),
    nextUpdate: { type: 'by', at: at(4 * day + 120) },
  }),
};

export const storyLength = (4 * day + 90) * minutes;
