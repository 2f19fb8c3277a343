/** The other commands, as operators run them. */

import './cli/cli.ts';
import './cli/key.ts';
import './cli/serve.ts';
import './cli/verify.ts';
