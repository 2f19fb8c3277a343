/** The public site in real browsers, on paper and in frames. */

import './browser/budgets.ts';
import './browser/embed.ts';
import './browser/newer.ts';
import './browser/print.ts';
