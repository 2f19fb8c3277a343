import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import t from 'tap';
import { createDrawAhead } from '../../src/press/draw-ahead.ts';

/** Cards are drawn before anybody asks, but not before anything else. */

t.test('cards are drawn a moment after they are wanted, each once, and one that fails stands in no other’s way', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  const drawn: string[] = [];
  const ahead = createDrawAhead(async (path) => {
    drawn.push(path);
    if (path === '/b.png') throw new Error('it fails');
  });
  ahead.want(['/a.png', '/b.png']);
  mock.timers.tick(1_000);
  ahead.want(['/a.png', '/c.png']);
  await setImmediate();
  t.same(drawn, []);
  mock.timers.tick(1_000);
  await ahead.idle();
  t.same(drawn, ['/a.png', '/b.png', '/c.png']);
  ahead.want(['/d.png']);
  mock.timers.tick(2_000);
  await setImmediate();
  t.same(drawn.slice(3), ['/d.png']);
});

t.test('who waits for them has them drawn at once; a press that ends draws none', async (t) => {
  const drawn: string[] = [];
  const ahead = createDrawAhead(async (path) => drawn.push(path));
  ahead.want(['/a.png']);
  await ahead.idle();
  t.same(drawn, ['/a.png']);
  ahead.want(['/b.png']);
  ahead.stop();
  await ahead.idle();
  t.same(drawn, ['/a.png']);
});
