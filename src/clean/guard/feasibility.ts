/** What only the kernel knows of something open: whether it can be deleted at all, and whether somebody unseen has it open. */
import type { ByteString } from '../../model/byte-string.ts';
import type { DirectoryCalls } from '../../system/directories/directory-calls.ts';
import type { GuardContext } from './guard-context.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** Something that chattr(1) keeps. */
export function undeletable(below: ByteString): Refusal {
  return refusal({ kind: 'not-whole', because: 'undeletable', errno: 'EPERM' }, below);
}

/** Why names in an open directory cannot be removed; a subvolume that is read-only cannot be removed itself either. */
export function closed(
  calls: DirectoryCalls,
  directory: number,
  below = '' as ByteString,
): Refusal | undefined {
  const errno = calls.changeRefusal(directory);
  return errno === undefined
    ? undefined
    : refusal({ kind: 'not-whole', because: 'read-only-directory', errno }, below);
}

/** The same of the directory that holds the unit: into an append-only one (chattr +a) can be written, yet no name leaves it. */
export function closedAbove(calls: DirectoryCalls, directory: number): Refusal | undefined {
  const stays = closed(calls, directory);
  if (stays || !calls.lookAtDescriptor(directory)) return stays;
  return (calls.look.isUndeletable ?? calls.isUndeletable(directory))
    ? refusal({ kind: 'not-whole', because: 'read-only-directory', errno: 'EPERM' })
    : undefined;
}

/** Somebody who cannot be seen has it open, or could have. */
export function unseen(below = '' as ByteString): Refusal {
  return refusal({ kind: 'in-use', holding: { by: 'unseen' } }, below);
}

/**
 * Why a regular file, which was just looked at and is open, has to stay.
 * @param isClosedNext see DirectoryCalls.
 * @param needsProof whether it stays where the kernel does not tell.
 */
export function askKernel(
  { calls, held }: GuardContext,
  mountId: number,
  opened: number,
  isClosedNext: boolean,
  needsProof: boolean,
  below: () => ByteString = () => '' as ByteString,
): Refusal | undefined {
  if (calls.look.isUndeletable === undefined && calls.isUndeletable(opened)) return undeletable(below());
  const answer = held.tellsOpeners(mountId) ? calls.isOpenElsewhere(opened, isClosedNext) : 'unknown';
  return answer === 'open' || (needsProof && answer === 'unknown') ? unseen(below()) : undefined;
}
