import { blockText, startCheck } from './check/check.ts';

/** The script of `/check`. */
startCheck(JSON.parse(blockText('worker')));
