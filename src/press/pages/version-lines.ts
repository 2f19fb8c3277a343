import type { PublicStatement } from '../../statement/facts.ts';
import type { ResourceDraft } from '../resource.ts';
import { pick, titleOf } from '../spoken.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';
import { type TimelineModel, timelineOf } from './timeline.ts';

export type VersionLine = {
  version: number;
  current: boolean;
  code: string;
  kind: string;
  at: TimeModel;
  note: Spoken;
  href: string;
  diff: LinkModel | null;
  languages: string;
  entry: number;
  /** That a second person stood behind what one person had published. */
  checked: { text: string; at: TimeModel } | null;
};

/** Versions newest first; `shown` is the one the page is about. */
export function versionLines(reading: Reading, { reference, versions }: PublicStatement, shown: number): readonly VersionLine[] {
  const { speech, room } = reading;
  const lines = versions.map((version): VersionLine => {
    const number = version.version;
    const diff = (): LinkModel => ({
      href: hrefOf(reading, { page: 'diff', reference, from: number - 1, to: number }),
      text: speech.say('public.diff.link', { from: number - 1, to: number }),
    });
    const gone = version.redacted && { text: speech.say('public.notice.redacted', { version: number }), lang: undefined };
    const first = number === 1 ? { text: speech.say('public.versions.first'), lang: undefined } : null;
    return {
      version: number,
      current: number === shown,
      code: version.kind,
      kind: speech.say(`public.kind.${version.kind}`),
      at: speech.time(version.at),
      note: gone ?? first ?? spoken(reading, pick(version.changeNote, speech.language, room.agency.languages)),
      href: hrefOf(reading, { page: 'version', reference, version: number }),
      diff: number === 1 || version.redacted !== null || versions[number - 2]?.redacted != null ? null : diff(),
      languages: version.languages.map((code) => speech.say(`public.language.${code}`)).join(', '),
      entry: room.log.indexOf(version.entry),
      checked: version.debt?.endorsedAt ? { text: speech.say('public.versions.checked'), at: speech.time(version.debt.endorsedAt) } : null,
    };
  });
  return lines.reverse();
}

export type VersionsModel = {
  layout: Layout;
  reference: string;
  title: Spoken;
  statement: string;
  timeline: TimelineModel | null;
  versions: readonly VersionLine[];
  notices: readonly NoticeLine[];
};
export type NoticeLine = { at: TimeModel; text: string; entry: number };

/** Every version of a statement, and the public notices about them. */
export async function versionsPage(reading: Reading, statement: PublicStatement): Promise<ResourceDraft> {
  const { speech, room } = reading;
  const { reference, versions, notices } = statement;
  const title = spoken(reading, titleOf(statement, versions.length, speech.language, room.agency.languages));
  const heading = speech.say('public.versions.title', { reference });
  const model: VersionsModel = {
    layout: layoutOf(reading, { page: 'versions', reference }, { title: heading, description: title.text }),
    reference,
    title,
    statement: hrefOf(reading, { page: 'statement', reference }),
    timeline: await timelineOf(reading, statement, versions.length),
    versions: versionLines(reading, statement, versions.length),
    notices: notices
      .map(({ at, event, version, entry }) => ({
        at: speech.time(at),
        text: speech.say(`public.notice.${event}`, { version }),
        entry: room.log.indexOf(entry),
      }))
      .reverse(),
  };
  return htmlPage(reading, 'public/versions', model);
}
