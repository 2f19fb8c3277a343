/** The command line as operators run it. */

import './cli/cli.ts';
import './cli/verify.ts';
