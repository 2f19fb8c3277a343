import { OnrecordError } from '../errors.ts';
import { Notice, type Outbox, PreviewLink, Refusal } from './outbox.ts';
import type { Ask, Database } from './postgres-database.ts';
import { newestLinkFirst, roomFor, withOpening, withRevocation } from './preview-link-list.ts';
import { createQueue } from './queue.ts';

const mostNotices = 2_000;
const mostRefusals = 40_000;
/** Rows that are too many are looked for once in so many. */
const swept = 500;

/** Notices, refusals and preview links in a database, for any number of processes. */
export function openPostgresOutbox(database: Database): Outbox {
  const { ask } = database;
  // In the order in which they came.
  const links = createQueue();
  const changeLink = async (id: string, edit: (before: PreviewLink) => PreviewLink): Promise<void> => {
    const work = async (inside: Ask): Promise<void> => {
      const [before] = await readLinks(inside, 'where id = $1 for update', [id]);
      if (before === undefined) throw new OnrecordError('not_found', `there is no preview link ${id}`);
      const after = edit(before);
      if (after !== before) await inside('update preview_links set link = $2 where id = $1', [id, JSON.stringify(PreviewLink.parse(after))]);
    };
    await links.run(() => database.change(work));
  };
  return {
    tell: async (told) => {
      if (told.length === 0) return false;
      const notices = told.map((notice) => Notice.parse(notice));
      return database.change(async (inside) => {
        const kept = await inside('insert into notices (id, notice) select * from unnest($1::text[], $2::json[]) on conflict (id) do nothing returning id', [
          notices.map(({ id }) => id),
          notices.map((one) => JSON.stringify(one)),
        ]);
        await inside('delete from notices where place <= (select place from notices order by place desc offset $1 limit 1)', [mostNotices]);
        return kept.length > 0;
      });
    },
    told: async () => {
      const rows = await ask<{ notice: unknown; put_away: string[] }>('select notice, put_away from notices order by place');
      return rows.map(({ notice, put_away }) => ({ notice: Notice.parse(notice), putAway: put_away }));
    },
    keepTold: (told) =>
      database.change(async (inside) => {
        for (const { notice, putAway } of told) {
          const values = [notice.id, JSON.stringify(Notice.parse(notice)), putAway];
          await inside('insert into notices (id, notice, put_away) values ($1, $2, $3)', values);
        }
      }),
    notices: async (person) => {
      const rows = await ask<{ notice: unknown }>(
        "select notice from notices where (notice::jsonb -> 'to') ? $1 and not $1 = any(put_away) order by place desc",
        [person],
      );
      return rows.map(({ notice }) => Notice.parse(notice));
    },
    putAway: async (person, id) => {
      const put = await ask(
        "update notices set put_away = case when $1 = any(put_away) then put_away else put_away || $1::text end where id = $2 and (notice::jsonb -> 'to') ? $1 returning id",
        [person, id],
      );
      if (put.length === 0) throw new OnrecordError('not_found', `${person} has no notice ${id}`);
    },
    refused: async (refusal) => {
      const kept = Refusal.parse(refusal);
      const [row] = await ask<{ place: string }>('insert into refusals (statement, refusal) values ($1, $2) returning place', [
        kept.statement,
        JSON.stringify(kept),
      ]);
      const place = Number(row?.place);
      if (place % swept === 0) await ask('delete from refusals where place <= $1', [place - mostRefusals]);
    },
    refusals: async (statement, limit) => {
      const rows = await ask<{ refusal: unknown }>('select refusal from refusals where $1::text is null or statement = $1 order by place desc limit $2', [
        statement,
        limit,
      ]);
      return rows.map(({ refusal }) => Refusal.parse(refusal));
    },
    keepLink: async (link) => {
      await database.change(async (inside) => {
        await inside('lock table preview_links in share row exclusive mode');
        const oldest = roomFor(link, await readLinks(inside));
        if (oldest !== undefined) await inside('delete from preview_links where id = $1', [oldest]);
        const values = [link.id, link.key, link.statement, link.made.at, JSON.stringify(PreviewLink.parse(link))];
        await inside('insert into preview_links (id, key, statement, made_at, link) values ($1, $2, $3, $4, $5)', values);
      });
    },
    links: async (statement) => (await readLinks(ask, 'where $1::text is null or statement = $1 order by made_at desc', [statement])).toSorted(newestLinkFirst),
    linkOf: async (key) => (await readLinks(ask, 'where key = $1', [key]))[0],
    revokeLink: (id, revoked) => changeLink(id, (link) => withRevocation(link, revoked)),
    noteOpening: (id, opening, limit) => changeLink(id, (link) => withOpening(link, opening, limit)),
    close: async () => {
      await links.idle();
    },
  };
}

/** `key` alone says whether a link can be opened: whoever empties the column kills them all. */
async function readLinks(ask: Ask, which = '', values: readonly unknown[] = []): Promise<readonly PreviewLink[]> {
  const rows = await ask<{ key: string | null; link: object }>(`select key, link from preview_links ${which}`, values);
  return rows.map(({ key, link }) => PreviewLink.parse({ ...link, key }));
}
