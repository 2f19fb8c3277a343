import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { z } from 'zod';
import { findingChapter } from '../../src/cli/demonstration-finding.ts';
import { leakStory } from '../../src/cli/demonstration-story.ts';
import { blockingRules, isBlocking, type LintCode, type LintInput, type LintLanguage, lintCodes } from '../../src/leak/linter/issue.ts';
import { lint, longestText, mostOfField } from '../../src/leak/linter/lint.ts';
import { loadOpenings } from '../../src/openings.ts';
import { lintDraft } from '../../src/statement/linting.ts';
import { emptyContent } from '../../src/statement/schema.ts';
import { corpusAllow, draftOf, lintRules, readCorpus, type Tally, tallyCorpus } from '../support/linter-corpus.ts';

const root = join(import.meta.dirname, '../..');
const [french, english] = [readCorpus('fr'), readCorpus('en')];
const both = [
  ['fr', french],
  ['en', english],
] as const;

/** What the linter finds in one advice, as `code: words found`. */
const found = (language: LintLanguage, text: string, departure: Partial<LintInput> = {}): string[] =>
  lint(draftOf(language, { advice: text }, departure)).map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`);
/** The least recall and precision that a rule that blocks may have. */
const isWithinBounds = ({ marked, found: finds, right }: Tally): boolean => right >= 0.98 * marked && right >= 0.95 * finds;

t.test('on the corpus each rule that blocks finds 98 of 100 marks, and 95 of 100 finds are right, in each language', async (t) => {
  for (const [language, corpus] of both) {
    t.ok(corpus.length >= 150, `${corpus.length} texts in ${language}`);
    for (const tally of tallyCorpus(corpus)) {
      t.ok(tally.marked > 0, `${language} ${tally.rule} is marked`);
      if (isBlocking(tally)) t.ok(isWithinBounds(tally), `${language} ${tally.rule}: ${tally.right} right of ${tally.found} found, ${tally.marked} marked`);
    }
  }
});

t.test('a rule that fell silent, or that cries at every text, is out of bounds', async (t) => {
  const shout = (input: LintInput) =>
    blockingRules.flatMap((rule) => Object.keys(input.fields).map((field) => ({ rule, field, start: 0, end: 1, code: 'locator_url', values: {} }) as const));
  for (const [language, corpus] of both) {
    for (const rule of blockingRules) {
      const silent = tallyCorpus(corpus, (input) => lint(input).filter((issue) => issue.rule !== rule)).find((tally) => tally.rule === rule);
      t.notOk(silent && isWithinBounds(silent), `${language} ${rule} silent`);
    }
    for (const tally of tallyCorpus(corpus, shout).filter(isBlocking)) t.notOk(isWithinBounds(tally), `${language} ${tally.rule} shouting`);
  }
});

t.test('an issue names the place as it was written, however it was hidden', async (t) => {
  t.strictSame(found('en', 'See exa\u200bmple-leaks\u00ad.com now.'), ['locator_url: exa\u200bmple-leaks\u00ad.com']);
  t.strictSame(found('fr', 'Écrire à jean&#64;lumen\\.example.'), ['personal_email: jean&#64;lumen\\.example']);
  t.strictSame(found('fr', 'Le site ｗｗｗ．fuites．com.'), ['locator_url: ｗｗｗ．fuites．com']);
  t.strictSame(found('en', 'Ask **Paul** Marchand.'), ['personal_name: Paul** Marchand']);
  t.strictSame(found('en', 'See `evil.com` and _evil.org_.'), ['locator_url: evil.com', 'locator_url: evil.org']);
});

t.test('the allow-list covers a host and what lies under it, and nothing that only looks like it', async (t) => {
  for (const url of ['https://agence.example', 'agence.example/s/2026-0001', 'https://www.cert.example/alertes/2026', 'https://ssi.gouv.fr/x', 'gouv.fr'])
    t.strictSame(found('en', `See ${url} today.`), [], url);
  for (const url of [
    'https://agence.example.leak.net/s',
    'https://agence.example@leak.net',
    'https://leak.net/agence.example',
    'https://faux-gouv.fr',
    'https://www.cert.example/alertes-faux',
    'https://www.cert.example/alertes/../dump',
    'https://www.cert.example',
  ])
    t.strictSame(found('en', `See ${url} today.`), [`locator_url: ${url}`], url);
  t.strictSame(found('en', 'Ask Claire Fontaine.'), []);
  t.strictSame(found('en', 'Ask Claire Fontaine-Marchand.'), ['personal_name: Claire Fontaine-Marchand']);
  t.strictSame(found('fr', 'Appelez le +33 (1) 00 00 00 00.'), [], 'in any spelling');
});

t.test('a person named in any field blocks, but a slug is no sentence', async (t) => {
  for (const field of ['title', 'summary', 'known', 'changeNote', 'label.A-1', 'pressContact'])
    t.ok(
      lint(draftOf('fr', { [field]: 'Onze athlètes, dont Marie Dupont.' })).some((issue) => issue.rule === 'B2' && issue.field === field),
      field,
    );
  t.strictSame(lint(draftOf('fr', { slug: 'marie-dupont.com' })), []);
});

t.test('our own words are clean: every opening, filled, and the whole demonstration', async (t) => {
  const blocking = (input: LintInput): string[] =>
    lint(input)
      .filter(isBlocking)
      .map(({ code, field, start, end }) => `${code}: ${input.fields[field]?.slice(start, end)}`);
  for (const { name, situation, phase, texts } of loadOpenings(join(root, 'content/openings')).values())
    for (const language of ['fr', 'en'] as const) {
      const fields = Object.fromEntries(
        Object.entries(texts[language]).map(([field, text]) => [field, text.replaceAll(/\[\[[^\]]*\]\]/g, 'le service commun')]),
      );
      t.strictSame(blocking(draftOf(language, fields, { situation: situation ?? 'leak', phase: phase ?? 'update' })), [], `${name} ${language}`);
    }
  const begun = Date.parse('2026-11-19T14:00:00.000Z');
  const at = (minute: number): string => new Date(begun + minute * 60_000).toISOString();
  let content = emptyContent('fr');
  for (const chapter of [...leakStory, findingChapter]) {
    content = chapter.change(content, at);
    const work = { kind: chapter.kind, template: 'holding', content, base: null, versions: 1 };
    const house = { first: 'fr', allow: corpusAllow, silences: [], wordLimits: new Map() } as const;
    t.strictSame(lintDraft(work, house, at(0)).issues, [], `${chapter.kind} ${chapter.at}`);
  }
});

t.test('a sentence is measured by the items that it is about, not by all that it names', async (t) => {
  const item = (id: string, verdict: string) => ({ id, verdict, confidence: 'high' as const, bases: 1, hasBecause: true, hasPermission: true, reviewers: 2 });
  const found = (advice: string): string[] =>
    lint(draftOf('en', { advice }, { findings: [item('A-4', 'altered'), item('A-5', 'authentic')] })).map(({ code }) => code);
  t.strictSame(found('Among the documents, A-5 is authentic and A-4 is altered.'), []);
  t.strictSame(found('Among the documents, A-4 is authentic and A-5 is altered.'), ['falsified_in_text', 'authentic_in_text']);
  t.strictSame(found('A-4 is authentic.'), ['authentic_in_text']);
  t.strictSame(found('A-4 and A-5 are altered.'), ['falsified_in_text']);
  t.strictSame(found('A-4 and A-6 are altered.'), ['falsified_in_text']);
});

t.test('a field longer than the form takes is refused, not read in part', async (t) => {
  t.throws(() => lint(draftOf('en', { advice: 'a'.repeat(longestText + 1) })), { code: 'too_long' });
});

t.test('whatever is typed, places lie in the text, in order, and the same text gives the same issues', async () => {
  const pieces = fc.constantFrom(
    'https://a',
    '.com',
    '@',
    'Jean ',
    'Dupont',
    ' 06 12',
    ' 34 56 78',
    '\u200b',
    '&#64;',
    '\\',
    '*',
    '\n',
    'né le ',
    '3 mai',
    '. ',
    '⟦',
    'ﬁ',
    '\ud800',
    '😀',
    'A-1 est faux',
  );
  const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.constantFrom<LintLanguage>('fr', 'en'), (advice, language) => {
      const issues = lint(draftOf(language, { advice }));
      const again = lint(draftOf(language, { advice }));
      return JSON.stringify(issues) === JSON.stringify(again) && issues.every(({ start, end }) => 0 <= start && start <= end && end <= advice.length);
    }),
    { numRuns: 1_000 },
  );
});

/** Units that, repeated, make a careless pattern try everything. */
const nasty =
  `a|a.|a-|A |Aa |Aa-|A. |1|1 |1.|0 |+1|+1 |06 |@|a@|a@a.|#a|(|[.]|a[.]| point |http://|//|magnet:|deadbeef |dead |FR76 |les documents |attaque |attaque attribuée |is |
né le |born on on |12 mars |5 May |May 5 |1,|1 000 |.|. |; |mais |&#64;|&amp;|\\|*|"|M. |Dr Aa |le ministre |Jean |Jean de la |de la |x.pdf|x.|a_|Qm|baf|APT28 |pas |l'|md5 |( at |12:3 |
_|a_|[|](|](a|[a](b|~|~~a|](<|](a "|][|ab:|a:|::|1:2:|ab |a/|a.b/|www.|a.com/|a.com |//a.|Telegram : |compte |La Russie |Moscou |hôpital Jean |les pirates ont |rue de |
sha256 |fichiers falsifiés peuvent |tout est faux |%25|intrusion |vient de |est à l’origine d|
the letter is |whoever posted the rota |somebody added the |les signatures ont été |cette note, |l’origine du mémo |they match |tied the intrusion to |quelqu’un a ajouté |il s’agit du |the letter is forged |it is fake |the files are ours |document falsifié |c’est un faux |behind Russia |la main de Moscou |Aa Bear |
attaque\u1680|none of it is real |the children, Aa and Aa |AAA, Aa |forged the `.split(/\|\n?/);

/** Milliseconds that this thread has worked: what else the machine does is not counted. */
const ownTime = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

t.test('four times the text takes about four times the work, whatever the text repeats', async (t) => {
  /** So many lintings of a text of that length, milliseconds each. */
  const work = (language: LintLanguage, unit: string, length: number, times: number): number => {
    const advice = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
    const input = draftOf(
      language,
      { advice, summary: '' },
      { claims: [unit.repeat(9)], personas: ['a a'], other: { language: 'en', fields: { advice }, unknowns: 1 } },
    );
    const begun = ownTime();
    for (let time = 0; time < times; time += 1) lint(input);
    return (ownTime() - begun) / times;
  };
  const best = (looks: number, language: LintLanguage, unit: string, length: number, times: number): number =>
    Math.min(...Array.from({ length: looks }, () => work(language, unit, length, times)));
  // Four short ones together: the clock of a thread may tick every four milliseconds, and a short one alone takes one or two ticks.
  const growth = (unit: string, language: LintLanguage, looks = 1): number =>
    best(looks, language, unit, 20_000, 1) / Math.max(2, best(looks, language, unit, 5_000, 4));
  // Quadratic work grows sixteenfold; a busy machine gets a second look, and a longer one.
  for (const unit of nasty)
    for (const language of ['fr', 'en'] as const)
      t.ok(growth(unit, language) < 9 || growth(unit, language, 3) < 9 || growth(unit, language, 9) < 9, `${language} ${JSON.stringify(unit)}`);
});

t.test('a field full of anything is read within 200 ms, and says no more than fifty things', async (t) => {
  for (const unit of [...nasty, `${'A'.repeat(43)} `, 'https://agence.example/?u='])
    for (const situation of ['leak', 'impersonation'] as const) {
      const input = draftOf('fr', { advice: unit.repeat(Math.ceil(longestText / unit.length)).slice(0, longestText) }, { situation });
      const time = (): number => {
        const begun = ownTime();
        t.ok(lint(input).length <= mostOfField);
        return ownTime() - begun;
      };
      // A busy machine gets a second look, and a third.
      t.ok(time() < 200 || time() < 200 || time() < 200, `${situation} ${JSON.stringify(unit)}`);
    }
});

t.test('an allowed host is allowed as a browser reads it: no user, no backslash, no other port or scheme, no way out of its path', async (t) => {
  const allow = { ...corpusAllow, urls: ['agence.example/press'], emails: ['*@agence.example'] };
  for (const url of ['https://agence.example/press', 'agence.example/press/2026?x=1', 'https://agence.example:443/press', 'HTTPS://AGENCE.example/press#top'])
    t.strictSame(found('en', `See ${url} today.`, { allow }), [], url);
  for (const url of [
    'https://evil.com\\@agence.example/press',
    'https://evil.com@agence.example/press',
    'https://agence.example:8443/press',
    'ftp://agence.example/press',
    'https://agence.example/press/%2e%2e/dump',
    'https://agence.example/press/..%2fdump',
    'https://agence.example/pressroom',
    'https://agence.example/press?to=https%3A%2F%2Fevil.com',
  ])
    t.ok(
      found('en', `See ${url} today.`, { allow }).some((one) => one.startsWith('locator_url')),
      url,
    );
  t.match(found('en', 'See https://agence.example/press?to=http://abcdefgh.onion/x today.', { allow }), [/^locator_onion/]);
});

t.test('one place is said once, whether it stands in the source, on the page, or in both', async (t) => {
  t.strictSame(found('fr', 'Voir [evil.com](https://evil.com/x).'), ['locator_url: evil.com', 'locator_url: https://evil.com/x']);
  t.strictSame(found('fr', 'Le site _evil.com_ et **evil.org**.').length, 2);
  t.strictSame(found('fr', '[Marie](#a) Dupont a écrit.'), ['personal_name: Marie](#a) Dupont']);
  t.strictSame(found('fr', 'Voir [la page](https://agence.example/a_b_c) de @agence_cyber.'), []);
});

t.test('every rule and code has its words and a way out, in both languages, and says only what it knows', async (t) => {
  const values = new Map<LintCode, Set<string>>();
  for (const { input } of [...french, ...english])
    for (const issue of lint(input)) values.set(issue.code, new Set([...(values.get(issue.code) ?? []), ...Object.keys(issue.values)]));
  for (const language of ['fr', 'en']) {
    const words = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(root, 'content/words', language, 'linter.json'), 'utf8')));
    for (const rule of lintRules) t.ok(words[`rule.${rule}`], rule);
    for (const code of lintCodes) {
      t.ok(words[`issue.${code}`] && words[`way_out.${code}`], code);
      const slots = [...`${words[`issue.${code}`]} ${words[`way_out.${code}`]}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      const known = values.get(code);
      if (known)
        t.strictSame(
          slots.filter((slot) => !known.has(slot)),
          [],
          `${code} in ${language}`,
        );
    }
  }
  t.strictSame(
    lintCodes.filter((code) => !values.has(code)),
    [],
    'the corpus shows every code',
  );
});

t.test('each list of the allow-list is needed: without it the corpus blocks more', async (t) => {
  const blocked = (allow: LintInput['allow']): number =>
    [...french, ...english].reduce((total, { input }) => total + lint({ ...input, allow }).filter(isBlocking).length, 0);
  const all = blocked(corpusAllow);
  for (const list of ['urls', 'emails', 'phones', 'handles', 'hashes', 'names'] as const) t.ok(blocked({ ...corpusAllow, [list]: [] }) > all, list);
});
