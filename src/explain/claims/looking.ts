/** The action that changes nothing: what a rule proposes where a person has to see before anything else. */
import type { Action } from '../../model/action.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** @param argv a program that only reads; names are bytes. */
export function looking(...argv: readonly string[]): Action {
  return {
    kind: 'look',
    argv: argv as readonly ByteString[],
    frees: { bytes: 0, certainty: 'exact' },
    loses: 'nothing',
    risk: 'safe',
  };
}
