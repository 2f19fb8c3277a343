/** The desk over HTTP. */

import './http/collaboration.ts';
import './http/people.ts';
import './http/preview-links.ts';
import './http/session.ts';
import './http/sign-in.ts';
