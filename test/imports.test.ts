/** An agency brings its archive along. */

import './imports/gists.ts';
import './imports/command.ts';
import './imports/desk.ts';
import './imports/documents.ts';
import './imports/filling.ts';
import './imports/own.ts';
import './imports/public.ts';
