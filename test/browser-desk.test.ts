/** Staff at work in real browsers. */

import './browser/collaboration.ts';
import './browser/findings.ts';
import './browser/keyboard.ts';
import './browser/people.ts';
import './browser/session-ends.ts';
