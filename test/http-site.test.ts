/** Configuration, and the parts of the public site that have their own rules. */

import './http/config.ts';
import './http/embed.ts';
import './http/memento.ts';
