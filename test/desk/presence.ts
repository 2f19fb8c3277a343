import t from 'tap';
import { openPresence, presenceLastsMs } from '../../src/desk/presence.ts';
import { standingClock } from '../support/accounts.ts';

const amina = { id: 'amina', name: 'Amina Belkacem' };
const jonas = { id: 'jonas', name: 'Jonas Weber' };
const claire = { id: 'claire', name: 'Claire Morvan' };

t.test('everybody sees the others, those who write first, and nobody who fell silent', async (t) => {
  const clock = standingClock();
  const presence = openPresence(clock.now);
  const names = (person: string): string[] => presence.others('s1', person).map(({ name, doing }) => `${name} ${doing}`);
  presence.see('s1', jonas, 'reading');
  clock.forward(10_000);
  presence.see('s1', claire, 'reading');
  presence.see('s1', amina, 'editing');
  t.same(names('claire'), ['Amina Belkacem editing', 'Jonas Weber reading']);
  t.same(names('tomas'), ['Amina Belkacem editing', 'Claire Morvan reading', 'Jonas Weber reading']);
  t.same(presence.others('s2', 'claire'), []);
  presence.see('s1', amina, 'reading');
  t.same(names('jonas'), ['Claire Morvan reading', 'Amina Belkacem reading'], 'one line a person, the newest');
  clock.forward(presenceLastsMs - 10_000);
  t.same(names('nobody'), ['Claire Morvan reading', 'Amina Belkacem reading'], 'the one who was silent longest is gone');
  clock.forward(10_000);
  t.same(names('nobody'), []);
});

t.test('what it remembers is bounded: the longest silent go first', async (t) => {
  const clock = standingClock();
  const presence = openPresence(clock.now);
  for (let n = 0; n < 600; n += 1) presence.see(`s${n}`, amina, 'editing');
  t.same(presence.others('s99', 'jonas'), []);
  t.equal(presence.others('s100', 'jonas').length, 1);
  for (let n = 0; n < 50; n += 1) presence.see('s599', { id: `p${n}`, name: `Person ${n}` }, 'reading');
  const people = presence.others('s599', 'nobody').map(({ person }) => person);
  t.equal(people.length, 20);
  t.ok(people.includes('p49') && !people.includes('p29'));
});
