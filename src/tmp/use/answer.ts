/** The answer to "is it in use": yes, no, or it cannot be told, with the reason and who holds it. */
import type { TmpDoubt, TmpHolder, TmpReason } from '../../model/tmp-reason.ts';

export type Use =
  | { readonly answer: 'yes'; readonly reason: TmpReason; readonly holders: readonly TmpHolder[] }
  | { readonly answer: 'unknown'; readonly reason: TmpDoubt; readonly holders: readonly TmpHolder[] }
  | { readonly answer: 'no' };

export const no: Use = { answer: 'no' };

export function yes(reason: TmpReason, holders: readonly TmpHolder[] = []): Use {
  return { answer: 'yes', reason, holders };
}

export function unknown(reason: TmpDoubt, holders: readonly TmpHolder[] = []): Use {
  return { answer: 'unknown', reason, holders };
}
