import type { DeskRoutes } from '../desk-site.ts';
import { accountRoutes } from './account.ts';
import { commentRoutes } from './comments.ts';
import { draftRoutes } from './draft.ts';
import { findingRoutes } from './findings.ts';
import { flashRoutes } from './flash.ts';
import { freezeRoutes } from './freeze.ts';
import { historyRoutes } from './history.ts';
import { importRoutes } from './imports.ts';
import { languageRoutes } from './language.ts';
import { newRoutes } from './new.ts';
import { peopleRoutes } from './people.ts';
import { peopleActRoutes } from './people-acts.ts';
import { presenceRoutes } from './presence.ts';
import { previewRoutes } from './preview.ts';
import { previewLinkRoutes } from './preview-links.ts';
import { publicationRoutes } from './publication.ts';
import { quarantineRoutes } from './quarantine.ts';
import { redactionRoutes } from './redaction.ts';
import { registerRoutes } from './register.ts';
import { reviewRoutes } from './review.ts';
import { sessionRoutes } from './session-state.ts';
import { signInRoutes } from './sign-in.ts';
import { statementRoutes } from './statements.ts';
import { stepUpRoutes } from './step-up.ts';
import { withdrawalRoutes } from './withdrawal.ts';

/** Every route of the desk, one file a resource. */
export const deskRoutes: readonly DeskRoutes[] = [
  signInRoutes,
  sessionRoutes,
  stepUpRoutes,
  languageRoutes,
  newRoutes,
  statementRoutes,
  draftRoutes,
  findingRoutes,
  registerRoutes,
  reviewRoutes,
  commentRoutes,
  presenceRoutes,
  publicationRoutes,
  flashRoutes,
  withdrawalRoutes,
  redactionRoutes,
  historyRoutes,
  previewRoutes,
  peopleRoutes,
  peopleActRoutes,
  accountRoutes,
  freezeRoutes,
  quarantineRoutes,
  previewLinkRoutes,
  importRoutes,
];
