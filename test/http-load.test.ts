/** More asked than can be done, and more processes than one. */

import './http/ending.ts';
import './http/overload.ts';
import './http/readers.ts';
