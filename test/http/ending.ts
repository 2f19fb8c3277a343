import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import t, { type Test } from 'tap';
import { createListener, takeQueued } from '../../src/http/listener.ts';
import { openTestServer } from '../support/test-server.ts';

/** What a service that ends owes those who ask meanwhile. */

const asking = 12;
const late = new Int32Array(new SharedArrayBuffer(4));

t.test('who stands in the queue while the loop is late is answered before the listener closes', async (t) => {
  const gentle = await listening(
    t,
    createListener((_request, response) => response.end('done'), { behindProxy: false }),
  );
  t.equal(await answeredWhileLate(gentle, () => takeQueued(gentle)), asking);
  const hasty = await listening(
    t,
    createServer((_request, response) => response.end('done')),
  );
  t.ok((await answeredWhileLate(hasty, async () => {})) < asking, 'control: a listener that closes at once leaves some without an answer');
});

t.test('who comes again and again does not keep a listener open', async (t) => {
  const server = await listening(
    t,
    createListener((_request, response) => response.end('done'), { behindProxy: false }),
  );
  const { port } = server.address() as AddressInfo;
  let isOver = false;
  const knocking = (async () => {
    while (!isOver)
      await once(
        connect(port, '127.0.0.1').on('error', () => {}),
        'connect',
      );
  })();
  const before = performance.now();
  await takeQueued(server);
  isOver = true;
  t.ok(performance.now() - before < 5_000);
  await knocking;
});

t.test('once the end is known each answer of the desk is the last of its connection', async (t) => {
  const { deskUrl, close } = await openTestServer(t);
  const connectionOf = async (): Promise<string | null> => (await fetch(`${deskUrl}/desk/sign-in`)).headers.get('connection');
  t.equal(await connectionOf(), 'keep-alive');
  const closed = close(700);
  t.equal(await connectionOf(), 'close');
  await closed;
});

async function listening(t: Test, server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return server;
}

/** How many are answered who connect and ask, from a thread of their own, while this one stands still and then closes. */
async function answeredWhileLate(server: Server, before: () => Promise<void>): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const client = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads'); const { connect } = require('node:net');
     parentPort.once('message', () => { let [answered, ended] = [0, 0];
       for (let n = 0; n < workerData.asking; n += 1) { let text = ''; const socket = connect(workerData.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\\r\\nhost: 127.0.0.1\\r\\nconnection: close\\r\\n\\r\\n'));
         socket.on('data', (bytes) => { text += bytes; }).on('error', () => {}).on('close', () => { ended += 1; if (text.includes('done')) answered += 1; if (ended === workerData.asking) parentPort.postMessage(answered); }); } });
     parentPort.postMessage('ready');`,
    { eval: true, workerData: { port, asking } },
  );
  await once(client, 'message');
  const answered = once(client, 'message');
  client.postMessage('ask');
  Atomics.wait(late, 0, 0, 1_000);
  await before();
  await new Promise((resolve) => server.close(resolve));
  const [count] = await answered;
  await client.terminate();
  return Number(count);
}
