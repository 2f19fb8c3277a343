/** The service from the command line, and its keys. */

import './cli/key.ts';
import './cli/serve.ts';
