import { chmod, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join, relative } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { operator, type Personnel } from '../desk/person.ts';
import { OnrecordError, refusalCodes } from '../errors.ts';
import { performUserAct, UserAct, UserResult } from './user-acts.ts';

const maxLine = 16_384;
const Failure = z.object({ code: z.enum(refusalCodes), message: z.string(), issues: z.array(z.object({ field: z.string(), code: z.string() })) });
const Reply = z.union([z.object({ result: UserResult }), z.object({ failure: Failure })]);

/** A socket's path has at most about 100 bytes: the shorter way there is taken. */
function socketPath(directory: string): string {
  const path = join(directory, 'operator.sock');
  const way = relative(process.cwd(), path);
  return way.length < path.length ? way : path;
}

/**
 * The door for acts on people while this process holds the data directory. Whoever may open the socket (0600, in a 0700
 * directory) is the operator; every act is logged as theirs.
 */
export async function openOperatorSocket(directory: string, personnel: Personnel, log: Logger): Promise<{ close(): Promise<void> }> {
  const path = socketPath(directory);
  await rm(path, { force: true });
  const server = createServer((socket) => serveOne(socket, personnel, log));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  await chmod(path, 0o600);
  return { close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function serveOne(socket: Socket, personnel: Personnel, log: Logger): void {
  socket.setTimeout(10_000, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  readLine(socket)
    .then((line) => perform(line, personnel, log))
    .then((reply) => socket.end(`${JSON.stringify(reply)}\n`))
    .catch((error: unknown) => {
      log.error({ err: error }, 'operator act failed');
      socket.destroy();
    });
}

async function perform(line: string, personnel: Personnel, log: Logger): Promise<z.infer<typeof Reply>> {
  const act = UserAct.parse(JSON.parse(line));
  try {
    const result = await performUserAct(personnel, act);
    if (act.act !== 'list') log.info({ by: operator, act: `user ${act.act}`, person: act.id }, 'operator act');
    return { result };
  } catch (error) {
    if (!(error instanceof OnrecordError)) throw error;
    const issues = error.issues.map(({ field, code }) => ({ field, code }));
    return { failure: { code: error.code, message: error.message, issues } };
  }
}

/** Sends one act to the server that holds the directory; null when none listens. */
export async function askServer(directory: string, act: UserAct): Promise<UserResult | null> {
  const socket = await connectTo(socketPath(directory));
  if (!socket) return null;
  socket.write(`${JSON.stringify(act)}\n`);
  const reply = Reply.parse(JSON.parse(await readLine(socket)));
  if ('result' in reply) return reply.result;
  throw new OnrecordError(reply.failure.code, reply.failure.message, { issues: reply.failure.issues });
}

function connectTo(path: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => (['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '') ? resolve(null) : reject(error)));
  });
}

function readLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
      else if (text.length > maxLine) reject(new Error('line too long'));
    });
    socket.once('close', () => reject(new Error('connection closed early')));
    socket.once('error', reject);
  });
}
