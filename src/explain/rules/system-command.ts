/** A command by which an administrator makes room in the system itself: no byte of a file goes, and root has to look first. */
import type { Action } from '../../model/action.ts';
import type { ByteString } from '../../model/byte-string.ts';

type OwnerCommand = Extract<Action, { readonly kind: 'owner-command' }>;

/** @param argv names are bytes. */
export function systemCommand(owner: OwnerCommand['owner'], ...argv: readonly string[]): OwnerCommand {
  return {
    kind: 'owner-command',
    owner,
    argv: argv as readonly ByteString[],
    actsOn: 'path',
    hasBlanks: false,
    frees: { bytes: 0, certainty: 'exact' },
    loses: 'nothing',
    risk: 'review',
    needs: { root: true },
  };
}
