/** The findings. */

import './leak/claim-histories.ts';
import './leak/compact.ts';
import './leak/fingerprint/exact-and-text.ts';
import './leak/fingerprint/sketch.ts';
import './leak/linter.ts';
import './leak/linter-matching.ts';
import './leak/moves.ts';
import './leak/verdict.ts';
import './leak/verdict-histories.ts';
