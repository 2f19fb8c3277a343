/** The domain. */

import './statement/commenting.ts';
import './statement/diff.ts';
import './statement/editorial.ts';
import './statement/linting.ts';
import './statement/local-time.ts';
import './statement/pace.ts';
import './statement/quorum.ts';
import './statement/readiness.ts';
import './statement/redaction.ts';
import './statement/text-gate.ts';
import './statement/times.ts';
import './statement/transitions.ts';
import './statement/two-persons.ts';
