/** What a reader of one store makes of it: its parts in its owner's words, and levers with what they give. */
import type { Action } from '../../model/action.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { StorePart } from '../../model/findings/store.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { DirectoryTree } from '../../model/tree.ts';
import type { Facts } from '../facts.ts';
import type { FoundStore } from './found-store.ts';
import type { Inside } from './store-actions.ts';

interface Reading {
  readonly parts: readonly StorePart[];
  /** As the program writes it down. */
  readonly version?: ByteString | undefined;
  /** Before those of the row: what can be said with names and figures. */
  readonly actions?: readonly Action[];
  /** Instead of those of the row. */
  readonly onlyThese?: true;
}

export interface Read {
  readonly store: FoundStore;
  readonly tree: DirectoryTree;
  readonly facts: Facts;
  readonly inside: Inside;
  readonly holders: readonly ProcessIdentity[];
}

export type Reader = (read: Read) => Reading;
