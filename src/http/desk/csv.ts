import type { FastifyReply } from 'fastify';

type Cell = string | number;

/** A table to take away, `name.csv`: RFC 4180, every cell quoted. */
export function sendCsv(reply: FastifyReply, name: string, header: readonly string[], rows: readonly (readonly Cell[])[]): FastifyReply {
  const csv = [header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
  return reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`).send(`${csv}\r\n`);
}

/** A quoted cell that no spreadsheet takes for a formula. */
function cell(value: Cell): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
