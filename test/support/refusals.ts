import { OnrecordError, type RefusalCode } from '../../src/errors.ts';

/** The code with which an act is refused, or `done`; anything else that it throws is thrown on. */
export function refusalOf(act: () => unknown): RefusalCode | 'done' {
  try {
    act();
    return 'done';
  } catch (error) {
    if (error instanceof OnrecordError) return error.code;
    throw error;
  }
}
